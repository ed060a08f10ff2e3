<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About gcdesk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starts test chats on Genesys Cloud Web Messaging as a CRM customer, and shows each step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy versions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AttributesButton</name>
    <message>
        <source>Attributes: {summary}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AttributesPanel</name>
    <message>
        <source>Attributes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attributes that will be sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key of the new attribute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value, sent as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value of the new attribute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They go with the Join, where the deployment starts with one, and the first message.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} B of {limit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value of {key}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove {key}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChatBanner</name>
    <message>
        <source>Sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the sign-in page in the browser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin a new conversation in this guest session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with this chat in its own guest session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a chat with a fresh guest session for the same customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect again without waiting any longer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new conversation begins…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can read this conversation, but not write in it any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection is broken. What you write waits until it is back.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChatHeader</name>
    <message>
        <source>Any message keeps the session alive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More about this chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expires in {time}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChatList</name>
    <message>
        <source>Live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chats you start appear here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CheckRows</name>
    <message>
        <source>Findings</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Checklist</name>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClientFields</name>
    <message>
        <source>client secret</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in with this client, compare its org and look for missing permissions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OAuth client ID (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OAuth client secret (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept, if there is one; type to replace it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proves that attributes arrive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Colours</name>
    <message>
        <source>Green</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amber</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Red</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purple</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grey</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Attach files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most {count} files are taken at a time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 byte</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write as the customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter begins a new line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attach files; they can also be pasted, or dropped on the conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the file that failed again, or remove it, before you send.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{bytes} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{bytes} too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A message can hold {limit}. Shorten it by {over} to send it; nothing is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service asked to wait {seconds} s more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting waits for its turn, {seconds} s more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sending {number} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sending {number} of {count}, next in {seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try {name} again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not send this file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ready to be sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files to be sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One file a message: {count} files go as {count} messages</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Content</name>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was not uploaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uploading, {percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking for a place to upload to…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uploading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uploaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File without a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save {name} as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open link…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open link to {name}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try {name} again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving, {size} so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Getting a link…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture at {address}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Video at {address}, not loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open {host}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as {name} in {folder}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer to a form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no kind named</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Content gcdesk does not draw: {kind}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ddd d MMM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No times are offered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} (required)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Form without fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill in “{title}” first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Form sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send choice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{label}, chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading the picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}, not loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show: {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{percent} % done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This content is nested too deeply to be shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}, JSON shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}, show JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show pictures</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CrmIdField</name>
    <message>
        <source>CRM customer ID</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message>
        <source>ok</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this desk</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DoctorDialog</name>
    <message>
        <source>Check this environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No message is sent. IDs and secrets are masked, so the report can go into a ticket.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking {name}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{failed} of {all} steps failed. Begin with the first one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing failed; {warned} of {all} steps deserve a look.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All is well.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EnvironmentButton</name>
    <message>
        <source>Environment: {name}, {place}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No environment</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EnvironmentDesk</name>
    <message>
        <source>IDs are kept in {place}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EnvironmentForm</name>
    <message>
        <source>deployment ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>organization ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept; type to replace it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is an environment named {name} already. Choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the region of the Genesys Cloud organization, or a custom endpoint.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The endpoint is missing. Type an address such as ws://127.0.0.1:8080/v1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Custom endpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Such as UAT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deployment ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Organization ID (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key of the CRM customer ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Origin (for restricted deployments)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Environments</name>
    <message>
        <source>Built-in simulator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this computer only</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EnvironmentsDialog</name>
    <message>
        <source>Environments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use for this session only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove, and leave the IDs in the keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove {name} and erase its IDs?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}, this session only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you changed is not saved yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard the changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on editing</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Frames</name>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the frame&apos;s JSON, secrets masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the JSON; secrets stay masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selected frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a frame to see its JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… {count} more characters; Copy takes all of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter frames by kind or text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter frames by direction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both ways</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>↑ Sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>↓ Received</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No frame matches the filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The oldest {count} frames are gone; the newest are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent at {time}: {kind}, {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Received at {time}: {kind}, {size}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LaunchBar</name>
    <message>
        <source>Launch bar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add an environment…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Manage environments…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no environment yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add one from the list on the left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 key · {size} B of {limit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} keys · {size} B of {limit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start in {seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start in {minutes}:{seconds:02}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Link</name>
    <message>
        <source>What stands before the @ is not the site. This leads to {host}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The site’s name has letters beyond a to z. It reads {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It mixes letters of several alphabets, as counterfeit addresses do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No browser could be opened. Copy the address instead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not open this address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opens in the browser:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a web address, so gcdesk does not open it:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open {address}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>End the conversation for everybody; it cannot be taken up again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This deployment takes no files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files can be attached once the chat is active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The conversation can be ended once the first message has been echoed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This deployment does not let the customer end the conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no conversation to end right now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;New chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Attributes…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Send message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Join the conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Leave chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the connection; the conversation stays open for the agent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;End conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New con&amp;versation here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin a new conversation in this guest session, once the old one is read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Res&amp;ume an earlier chat…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;ign in…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign a customer in through the browser; the chat goes on in that name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign &amp;out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log the customer out; chats in that name are closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a&amp;gain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a chat with a fresh guest session for the same customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loa&amp;d earlier messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A&amp;ttach files…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show pict&amp;ures in this environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load pictures from messages without asking; who keeps them sees that they are loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;Markdown as written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;CRM ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Remove from the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Previous chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ne&amp;xt chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Choose environment…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Add an environment…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit this environment…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Manage environments…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Chat list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next &amp;part of the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pre&amp;vious part of the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check this &amp;environment…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Walk from this desk to the environment&apos;s chats and say what would go wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Prove attributes of a conversation…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About gcdesk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Log level</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Debug</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Info</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Error</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlainText</name>
    <message>
        <source>… ({count} more characters, see the frames list)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Proof</name>
    <message>
        <source>The org could not be compared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat goes on; check yourself that it is the right org.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No browser could be opened. Copy the conversation ID instead.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProveDialog</name>
    <message>
        <source>Prove attributes of a conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A message ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A conversation ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An exported JSON file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not said which conversation is meant.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write one key=value on each line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for the attributes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose an exported conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversations (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ID or file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expected attributes, one key=value a line</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResumeDialog</name>
    <message>
        <source>Resume an earlier chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The newest chats in {environment}. A resumed chat goes on in its old guest session.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No chat in {environment} can be resumed. Chats are kept here once they have begun.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier chats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No CRM ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SecretEdit</name>
    <message>
        <source>Hide the {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the {what}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>A proxy or a sign-in page may be answering in the service&apos;s place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the deployment ID again from the messenger deployment&apos;s snippet; check the region too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the client a role that has it, for the division of the conversations.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check whether a proxy holds frames back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session was not configured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetch it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no link to the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the sender for a smaller one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The link to the file leads in a circle.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The link to the file leads to an address that is not secure.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check whether this computer is online.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the endpoint and port: wss:// needs a port that speaks TLS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the endpoint; a proxy or a captive portal may be answering in the service&apos;s place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If a company proxy signs connections, add its certificate to the system&apos;s trust store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the endpoint; if it is a test server of yours, add its certificate to the system&apos;s trust store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If that is your company&apos;s proxy, add its certificate to the system&apos;s trust store; if you do not know it, do not go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the endpoint; a sign-in page of the network may be in between.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again; if it happens again, check the endpoint, and whether a firewall blocks WebSockets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service stopped answering.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the network and the proxy; a proxy may cut connections that stay open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service closed the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service sent something that is not a WebSocket frame.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the endpoint, and whether a proxy changes what passes through it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The deployment&apos;s configuration is too large to be one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What answered is not the deployment&apos;s configuration.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is not an ordinary file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file, not a folder or a device.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is not there any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attach it again from where it is now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file may not be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for the right to read it, or choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What answered is no page of earlier messages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address for the transfer is not secure or not whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has to start with https://; only this computer may be reached without.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the connection ended before the answer did</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the connection ended before the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address or the headers for the transfer cannot be sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the frame that named them in the frames list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Register a redirect address with a port above 1023, then change the environment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer gave no port for the sign-in&apos;s answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no room for the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space, or choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder for the file is not there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder may not be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message is there, but its conversation is not known yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Platform API does not accept the access token it was just given (401).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the region is right, and that the OAuth client was not disabled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unreachable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PlatformClient is used outside of its block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What answers is not the Platform API: it sent something that is not JSON.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the region or the endpoint, and whether a proxy or a sign-in page answers instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give an address such as http://proxy.example:3128 or socks5h://proxy.example:1080.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This sign-in cannot be renewed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No identity provider is set up for this environment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the environment a sign-in address and a client ID.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The identity provider sent the browser back without a code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that its client allows the authorization code flow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in had run out already (401).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to log out from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the system&apos;s proxy settings, and whether the proxy is running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy&apos;s user or password is too long for SOCKS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may take up to 255 bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the region or endpoint.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check again in a moment, or check that it is the right conversation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy both from Admin, Integrations, OAuth: a client of the grant type client credentials.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy it again from Admin, Integrations, OAuth, without anything around it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is no client ID.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It holds no colon; copy it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set both, or neither.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring&apos;s entry for these credentials is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the credentials again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install the system library that is named; on Debian and Ubuntu, packaging/bootstrap.py lists them all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The environment has no name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it a short name, such as Test.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name holds characters that cannot be shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use letters, digits, blanks and dashes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it exactly one of the two.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it out; the ID is typed for each chat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first message holds half a character that cannot be sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete it and write it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shorten it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The deployment ID is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy it from Admin, Message, Messenger Deployments in Genesys Cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key for the CRM customer ID holds characters that cannot be shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Origin cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it like https://www.example.com, without blanks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The entry has no identifier.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit the environment and enter them again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look its number up with gcdesk history list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a number of days, such as 90.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a request of another version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier chats are in the file that was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring&apos;s entry for this environment is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the environment&apos;s IDs again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use one of the names of the limits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another program holds it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy&apos;s address holds a user or a password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take them out: the settings are a file. A proxy that asks for them is found by its address in the system&apos;s proxy settings or in the variable HTTPS_PROXY.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program is changing the keyring, or the settings folder cannot be written to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again; if it happens again, check the folder&apos;s rights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No usable keyring was found, so sign-ins and earlier sessions cannot be kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install or unlock a keyring such as GNOME Keyring or KWallet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring&apos;s entry is damaged: a part of it is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter again what was kept there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What should be kept is too long for the keyring.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget older entries, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring did not keep what was given to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring did not erase what it should.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring that is set up here is not the operating system&apos;s, so IDs cannot be kept safely.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the setting that chooses it (PYTHON_KEYRING_BACKEND or keyringrc.cfg), or use the IDs for this session only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring is locked, or the question for its password was cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again; if it happens again, copy the details into a bug report.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scenario file has mistakes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct each place that is named, then run it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is not a proxy&apos;s address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it as in http://proxy.example:3128 or socks5h://proxy.example:1080.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct it under limits in the settings file, or take it out: then the default applies.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file with content.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is too large for this deployment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a smaller file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This deployment does not allow files of this type.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another type, or allow it in the supported content profile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file&apos;s name cannot be sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the file a plain name with an extension.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This deployment does not let customers send files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn on attachments in the messenger configuration, or describe the file in words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is not possible right now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait until the chat is ready, or start a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection could not be made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the network and the environment&apos;s region, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The host name could not be found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the region or endpoint, and whether this computer is online.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing answers at that address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the endpoint and port, the firewall, and whether this computer is online.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The secure connection could not be verified.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the clock. If a company proxy signs connections, its certificate belongs in the system store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy did not let the connection through.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the system&apos;s proxy settings and whether the proxy asks for a password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy asks for a user and password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put them into the proxy&apos;s address, as in http://user:password@proxy.example:3128; write special characters in them as codes, @ as %40 for example.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy refused the user and password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct them in the proxy&apos;s address; write special characters in them as codes, @ as %40 for example.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy wants a sign-in of a kind that gcdesk cannot do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask whoever runs the proxy to let this computer through or to offer Basic, or run a small local proxy that signs in for you and put its address into the system&apos;s proxy settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection did not open in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the network, the firewall and the proxy, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection was lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the chat again; if it keeps breaking, check the network and the proxy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service sent a frame that is too large to be one of a chat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the endpoint is a messaging service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service closed this connection: too many connections use the same session.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close other windows that resume this chat, then start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What answers at that address does not speak WebSocket.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the endpoint and port; a proxy may also be answering in the service&apos;s place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What answers at that address does not speak HTTP as it should.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer is larger than allowed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the address is the right one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server refused the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the region and the deployment ID; a proxy may also be blocking WebSockets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server did not accept the connection request (400).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the deployment ID is complete and belongs to this region.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server wants a sign-in for this connection (401).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that no proxy answers in the service&apos;s place, and that the deployment admits guests.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A web page answered in the service&apos;s place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open any page in a browser: the network may want you to sign in first. If it does not, ask whoever runs the network to let WebSockets to this host through.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Genesys Cloud refused the connection (403).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the deployment ID, that the deployment is active, and that its allowed domains include the Origin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no messaging service at that address (404).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the region or the custom endpoint.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many connections were opened (429).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for the countdown, then start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service is not available at the moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again later, and check the Genesys Cloud status page for the region.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service did not answer in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again; if it keeps silent, check the network and the deployment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session was not configured in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection is open but the service stayed silent. Check that the endpoint is right, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The transfer came to a standstill.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the network and the proxy, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service did not answer about the file in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the file again; if it keeps failing, check the network and the deployment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No reply came in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the deployment&apos;s flow answers this message, or allow more time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The storage did not take the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the file again; if it keeps failing, check the proxy and the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat ended before the file was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send the file in another chat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file could not be fetched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The link to the file has expired.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetch the file while the chat is open, which gives it a fresh link.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was fetched is not a picture that can be shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save it as a file instead, and look at it with care.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service did not begin a new chat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave this chat and start another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service did not confirm the end of the conversation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may still be open for the agent; look it up in Genesys Cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The earlier messages could not be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat goes on without them; try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The deployment is not active.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activate it under Admin, Message, Messenger Deployments, or choose another environment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The deployment&apos;s configuration could not be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat goes on without it. If it fails too, check the deployment ID and the region.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A web page answered instead of the deployment&apos;s configuration.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open any page in a browser: the network may want you to sign in first. The chat goes on without the configuration.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service refused a request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the frame and the service&apos;s answer in the frames list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The customer could not be signed in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again; if it happens again, check the environment&apos;s sign-in settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No browser could be opened for the sign-in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the address by hand in a browser on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The port for the sign-in&apos;s answer is in use by another program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End that program, or register another redirect address with the provider.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody signed in in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the sign-in again, and finish it in the page that the browser opens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in was cancelled in the browser, or the provider did not allow it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start it again if that was a slip; if not, ask whoever runs the identity provider.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The identity provider refused the sign-in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the environment&apos;s client ID, scopes and redirect address against those at the provider.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The browser brought an answer to another sign-in, so it was refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close older sign-in pages, then start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Genesys Cloud did not accept the sign-in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the deployment&apos;s OpenID Connect integration and the environment&apos;s redirect address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in has run out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What answered the sign-in holds no JWT.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the environment&apos;s region or endpoint.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is signed in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This deployment only takes messages from customers who have signed in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in, then start the chat as a signed-in customer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Platform API did not answer as needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the environment with the doctor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Genesys Cloud did not accept the client ID with its secret.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check both, and that the OAuth client is of the grant type client credentials and of this region.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The OAuth client lacks a permission.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the client a role that has it, for the division of the conversation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Genesys Cloud does not know this conversation or message.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the ID, and that it belongs to this org; a new one can take some seconds to appear.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Platform API has had too many requests from this OAuth client (429).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait a minute; use an OAuth client of its own for gcdesk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Platform API is not available at the moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be found out whether the custom attributes became participant data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The credentials belong to another org than this environment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check which org the test is meant for before you go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No earlier chat of this customer is kept here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a new chat, without resuming one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The custom attributes did not reach the service before the chat ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the customer say something, or join the conversation: one of the two carries them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The custom attributes did not all become participant data as they were sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at what was found for each of them, and at the flow that reads them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No usable keyring was found, so IDs cannot be kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install or unlock a keyring such as GNOME Keyring or KWallet, or use the IDs for this session only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring did not answer the request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock the keyring and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings file could not be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the file and its folder can be read and written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that it is still there and that you may read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file changed while it was being sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attach it again, once nothing writes to it any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file could not be saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the folder is there, can be written, and has room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history of chats could not be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that its folder can be read and written. Chats work without it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full, so this chat is not being written to the history.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make room. What happened meanwhile is written as soon as there is some.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program holds the history file, so it could not be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close other programs that have it open. What happened meanwhile is written when it is free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history file is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When the next chat starts, it is kept under another name and a fresh one is begun.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history file was written by a newer version of gcdesk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update gcdesk. Until then nothing in that file is changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An attribute&apos;s value is null.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it a value, or leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An attribute&apos;s value cannot be written as JSON.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use text, numbers, true, false, lists or objects.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The CRM customer ID is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the customer&apos;s ID.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The CRM customer ID is blank.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete it; copying from a table often adds one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shorten or remove some attributes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it as in orderNumber=88213.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The attributes are not valid JSON.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The attributes are JSON, but not an object.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write them as in {&quot;orderNumber&quot;: 88213}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An attribute has no name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give every attribute a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete it from the name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete it from the value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service answered with a redirect, which a chat cannot follow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service did not accept a request (400).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the refused frame in the frames list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service did not accept the session (400).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the deployment ID, and that it belongs to this region.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service asks for a signed-in customer (401).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in and start the chat as a signed-in customer, or use a deployment that admits guests.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The deployment&apos;s settings do not allow this (403).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the deployment is active and that the feature is on in the messenger configuration.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service no longer accepts this customer&apos;s sign-in (403).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in again; the chat then goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This deployment does not let the customer end the conversation (403).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave the chat instead, or turn on conversation clear in the messenger configuration.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service does not know what was asked for (404).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the deployment ID and the region.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service took too long to handle a request (408).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The conversation has ended and can only be read (409).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a new chat to write again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many requests were sent (429).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait a little; what was refused can then be sent again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service failed to handle a request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This feature is turned off for the deployment (4000).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn it on in the messenger configuration, or do without it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files of this type are not allowed (4001).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is too large (4002).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service refused the file&apos;s content (4003).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the file, or choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service refused the file&apos;s name (4004).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file&apos;s name is too long (4005).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the file a shorter name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session has expired (4006).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a new chat; each chat gets a fresh session.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service does not know this session (4007).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file or its link has expired (4008).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for a fresh link, or send the file again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service does not know this file (4009).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send the file again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file was not uploaded completely (4010).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for the upload to finish, then send the message again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message is too long for Genesys Cloud (4011).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shorten it to 4,096 bytes; the custom attributes go with the next message.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The custom attributes are too large, so the whole message was refused (4013).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shorten or remove some attributes, then start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This session belongs to a signed-in customer and cannot go on as a guest (4017).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a new chat, which gets a fresh session, or sign in to go on with this one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A request lacked a field that the service needs (4020).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the refused frame in the frames list, and report it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is empty (4102).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service reported an unexpected error.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again; if it happens again, look the code up with Genesys Cloud support.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This chat was started already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start another chat with a fresh session.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This deployment does not let the customer end the conversation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The conversation is being ended already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for the service, or leave.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The conversation cannot be ended right now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a request is a JSON object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shorten or remove some, then start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier messages cannot be read right now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait until the chat is connected, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service gave no key to the earlier messages in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service gave an empty key to the earlier messages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in address is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The client ID for signing in is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy it from the client registered with the provider.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy it again from the provider.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The longest age of a sign-in cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give seconds, 0 to ask for the password each time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The redirect address is not an address of this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The redirect address holds more than host, port and path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in address is not an address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in address is not secure: it has to be https.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in address holds a user or a fragment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out what gcdesk adds for each sign-in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A fresh link can only be had while the chat is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetch the file in the next chat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat ended before there was a fresh link to the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The region is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it as in ws://127.0.0.1:8765/v1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it without spaces.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The endpoint holds more than scheme, host, port and path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out user names, passwords, queries and fragments; the deployment ID has its own field.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It starts with wss://, or with ws:// on this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it as in wss://host.example/v1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An address with ws:// is only allowed on this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use wss:// so that the connection is private.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new chat is on its way already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new chat can only begin here when this conversation has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the conversation first, or start another chat beside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a list is answered with at least one item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shorten it, or send it in parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message holds half a character that cannot be sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write something to send.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The conversation cannot be joined right now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That message is not waiting to be sent again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That message is on its way already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the transcript for its fate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This conversation has ended and can only be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages cannot be sent in this chat right now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This deployment does not let a guest sign in during a chat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in first, then start the chat as a signed-in customer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The customer cannot sign in to this chat right now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This chat needs no sign-in right now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No signed-in customer can be logged out of this chat right now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service did not answer the sign-in in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again; if it stays silent, start a new chat as a signed-in customer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in has run out: the service no longer accepts it (401).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service does not accept this customer&apos;s sign-in (401), although it was renewed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in again; if it happens again, check the deployment&apos;s OpenID Connect integration.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file&apos;s name holds characters that cannot be sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file&apos;s name has no extension.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename the file so that it ends in .txt or .png, for example.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send another kind of file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file&apos;s type cannot be sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That file is not waiting to be sent again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such file any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That file is on its way already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attach it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That file could not be uploaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the file again first, or attach another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another message has that file already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attach it again to send it twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The conversation ended before the file was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files cannot be sent in this chat right now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to sign out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture on the clipboard could not be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save it as a file first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That name is the simulator&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another, so that nobody mistakes one for the other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no OAuth client to check.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy its ID and secret from Admin, Integrations, OAuth.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is too large to be shown here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every time is counted in seconds at least</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No environment is chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one, or an exported file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add one to the environment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the conversation again, as JSON.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asked for a client without credentials</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the theme needs a QApplication</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>Sign in on the page that opens in the browser. gcdesk sees no password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The customer is signed in to {name}. Start again to chat signed in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is signed in to {name} any more.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StartButton</name>
    <message>
        <source>Start chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>States</name>
    <message>
        <source>Starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat active, attributes not sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reconnecting, try {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled before it was ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a chat to write as the customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can write once the chat is ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Configuring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This conversation has ended. Start a new chat to write again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat is ending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat has ended. Start a new chat to write again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat has failed. The checklist says why</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Keyring: looking for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyring: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyring: none, IDs are kept for this session only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Round trip {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 live chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} live chats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log level: {level}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>Reading the IDs from the keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting the simulator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deployment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrival in Genesys Cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the deployment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Configuring the session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deployment is active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deployment wants a sign-in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deployment is active, but look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deployment read, its status is not given</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a deployment without sign-in, or turn authentication off in its configuration.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deployment not read, the chat goes on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not encrypted, on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>through {proxy}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resuming the session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Session configured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>new session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Session resumed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>existing session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reconnecting, try {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next try in {seconds} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Session waits for the connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>with the first message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>with the Join</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attributes on their way, {carrier}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attributes sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Genesys Cloud refused the attributes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shorten or remove some, then start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat ended before they were sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat ended before this was known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attributes not sent yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They go with the Join.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They go with the first message.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrival in Genesys Cloud is not proven</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrival in the simulator is not proven</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This chat runs on the simulator: nothing was sent to Genesys Cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To check by hand, read {key} with a Get Participant Data action in Architect&apos;s inbound message flow, spelled exactly like that, or open the conversation&apos;s participant data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without the credentials of an OAuth client gcdesk cannot look it up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Session is read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This conversation has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a new chat to write again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>conversations off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no sign-in needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>conversations on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sign-in needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sign-in possible</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key}, {size} B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} and {more} more, {size} B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>already past its end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ends in {minutes} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ends in {hours} h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ends in {days} days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrival in the simulator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done with a warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit attributes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy conversation ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open in admin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add credentials</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check this environment</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>You</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Agent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send this message again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message could not be sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not send this message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new conversation begins here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load earlier messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading earlier messages…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no earlier messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load earlier messages, try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tab key walks over the links, Enter shows where one goes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link {address}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} (agent)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ending the conversation through the Platform API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The conversation was ended through the Platform API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows something to choose from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} joined</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat could not start. {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jump to newest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jump to newest · 1 new message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jump to newest · {count} new messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is typing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat started {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat resumed {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The attributes go with your first message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You joined the conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You ended the conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You left the conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You signed in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} ended the conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The conversation was cleared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This conversation has ended and can only be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{reason} Next try in {seconds}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service asks to wait {seconds}. Messages go out after that</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was written during the break could not be read. {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 message came during the break</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} messages came during the break</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without another message this session expires in {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer’s clock is {time} ahead of the service’s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer’s clock is {time} behind the service’s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are signed in as {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are signed in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service sent something unexpected. The frames list shows it whole</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat ended. {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>signed in as {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>signed in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The arrow keys move between the messages</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Start a test chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a CRM customer ID above and press Enter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add an environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The simulator plays Genesys Cloud on this computer: nothing leaves it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat goes to {name} at {place}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WrongOrgDialog</name>
    <message>
        <source>Another org</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No chat was started. Start anyway only if you know that {name} may be tested with them; gcdesk does not ask again for {name} until it is closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start anyway</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
