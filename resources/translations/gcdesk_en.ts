<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Composer</name>
    <message numerus="yes">
        <source>{count} bytes</source>
        <translation>
            <numerusform>{count} byte</numerusform>
            <numerusform>{count} bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message numerus="yes">
        <source>{count} chats; the history takes {size}</source>
        <translation>
            <numerusform>{count} chat; the history takes {size}</numerusform>
            <numerusform>{count} chats; the history takes {size}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete {count} chats in which nothing has happened for so many days ({days}), for good?</source>
        <translation>
            <numerusform>Delete {count} chat in which nothing has happened for so many days ({days}), for good?</numerusform>
            <numerusform>Delete {count} chats in which nothing has happened for so many days ({days}), for good?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Kept</name>
    <message numerus="yes">
        <source>{count} events could not be written.</source>
        <translation>
            <numerusform>{count} event could not be written.</numerusform>
            <numerusform>{count} events could not be written.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LaunchBar</name>
    <message numerus="yes">
        <source>{keys} keys · {size} B of {limit}</source>
        <translation>
            <numerusform>{keys} key · {size} B of {limit}</numerusform>
            <numerusform>{keys} keys · {size} B of {limit}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message numerus="yes">
        <source>Copy {count} messages</source>
        <translation>
            <numerusform>Copy {count} message</numerusform>
            <numerusform>Copy {count} messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Jump to newest · {count} new messages</source>
        <translation>
            <numerusform>Jump to newest · {count} new message</numerusform>
            <numerusform>Jump to newest · {count} new messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} hours</source>
        <translation>
            <numerusform>{count} hour</numerusform>
            <numerusform>{count} hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} minutes</source>
        <translation>
            <numerusform>{count} minute</numerusform>
            <numerusform>{count} minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} seconds</source>
        <translation>
            <numerusform>{count} second</numerusform>
            <numerusform>{count} seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} messages came during the break</source>
        <translation>
            <numerusform>{count} message came during the break</numerusform>
            <numerusform>{count} messages came during the break</numerusform>
        </translation>
    </message>
</context>
</TS>
