<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About gcdesk</source>
        <translation>Über gcdesk</translation>
    </message>
    <message>
        <source>Starts test chats on Genesys Cloud Web Messaging as a CRM customer, and shows each step.</source>
        <translation>Startet Test-Chats auf Genesys Cloud Web Messaging als CRM-Kunde und zeigt jeden Schritt.</translation>
    </message>
    <message>
        <source>Copy versions</source>
        <translation>Versionen kopieren</translation>
    </message>
    <message>
        <source>Licences…</source>
        <translation>Lizenzen…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>AppearancePage</name>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>How the window looks, and the language it speaks.</source>
        <translation>Wie das Fenster aussieht und welche Sprache es spricht.</translation>
    </message>
    <message>
        <source>As the system, light or dark</source>
        <translation>Wie das System, hell oder dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>The language changes when gcdesk is started again.</source>
        <translation>Die Sprache wechselt beim nächsten Start von gcdesk.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Design</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
</context>
<context>
    <name>AttributesButton</name>
    <message>
        <source>Attributes: {summary}</source>
        <translation>Attribute: {summary}</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Attribute</translation>
    </message>
</context>
<context>
    <name>AttributesPanel</name>
    <message>
        <source>Attributes</source>
        <translation>Attribute</translation>
    </message>
    <message>
        <source>Attributes that will be sent</source>
        <translation>Attribute, die gesendet werden</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Key of the new attribute</source>
        <translation>Schlüssel des neuen Attributs</translation>
    </message>
    <message>
        <source>Value, sent as text</source>
        <translation>Wert, wird als Text gesendet</translation>
    </message>
    <message>
        <source>Value of the new attribute</source>
        <translation>Wert des neuen Attributs</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>They go with the Join, where the deployment starts with one, and the first message.</source>
        <translation>Sie gehen mit dem Join, wo das Deployment damit beginnt, und mit der ersten Nachricht.</translation>
    </message>
    <message>
        <source>{size} B of {limit}</source>
        <translation>{size} B von {limit}</translation>
    </message>
    <message>
        <source>Value of {key}</source>
        <translation>Wert von {key}</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove {key}</source>
        <translation>{key} entfernen</translation>
    </message>
</context>
<context>
    <name>ChatBanner</name>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Open the sign-in page in the browser</source>
        <translation>Die Anmeldeseite im Browser öffnen</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Begin a new conversation in this guest session</source>
        <translation>In dieser Guest-Session eine neue Konversation beginnen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Go on with this chat in its own guest session</source>
        <translation>Diesen Chat in seiner eigenen Guest-Session fortsetzen</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Start a chat with a fresh guest session for the same customer</source>
        <translation>Einen Chat mit frischer Guest-Session für denselben Kunden starten</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Connect again without waiting any longer</source>
        <translation>Sofort neu verbinden, ohne länger zu warten</translation>
    </message>
    <message>
        <source>A new conversation begins…</source>
        <translation>Eine neue Konversation beginnt…</translation>
    </message>
    <message>
        <source>You can read this conversation, but not write in it any more.</source>
        <translation>Diese Konversation kann nur noch gelesen werden.</translation>
    </message>
    <message>
        <source>The connection is broken. What you write waits until it is back.</source>
        <translation>Die Verbindung ist unterbrochen. Geschriebenes wartet, bis sie wieder steht.</translation>
    </message>
</context>
<context>
    <name>ChatHeader</name>
    <message>
        <source>Any message keeps the session alive</source>
        <translation>Jede Nachricht hält die Session am Leben</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Verlassen</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>More about this chat</source>
        <translation>Mehr zu diesem Chat</translation>
    </message>
    <message>
        <source>Expires in {time}</source>
        <translation>Läuft ab in {time}</translation>
    </message>
</context>
<context>
    <name>ChatList</name>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Last seven days</source>
        <translation>Letzte sieben Tage</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>Scenario runs</source>
        <translation>Szenario-Läufe</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>The chats you start appear here.</source>
        <translation>Hier erscheinen die gestarteten Chats.</translation>
    </message>
    <message>
        <source>No chat contains “{text}”.</source>
        <translation>Kein Chat enthält „{text}“.</translation>
    </message>
    <message>
        <source>1 unread message</source>
        <translation>1 ungelesene Nachricht</translation>
    </message>
    <message>
        <source>{count} unread messages</source>
        <translation>{count} ungelesene Nachrichten</translation>
    </message>
</context>
<context>
    <name>CheckRows</name>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
</context>
<context>
    <name>Checklist</name>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
</context>
<context>
    <name>ClientFields</name>
    <message>
        <source>client secret</source>
        <translation>Client-Secret</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Sign in with this client, compare its org and look for missing permissions</source>
        <translation>Mit diesem Client anmelden, seine Organisation vergleichen und nach fehlenden Berechtigungen suchen</translation>
    </message>
    <message>
        <source>OAuth client ID (optional)</source>
        <translation>OAuth-Client-ID (optional)</translation>
    </message>
    <message>
        <source>OAuth client secret (optional)</source>
        <translation>OAuth-Client-Secret (optional)</translation>
    </message>
    <message>
        <source>Kept, if there is one; type to replace it</source>
        <translation>Bleibt erhalten, falls vorhanden; zum Ersetzen tippen</translation>
    </message>
    <message>
        <source>Proves that attributes arrive</source>
        <translation>Weist nach, dass Attribute ankommen</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Wird geprüft…</translation>
    </message>
</context>
<context>
    <name>Colours</name>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>Bernstein</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Attach files</source>
        <translation>Dateien anhängen</translation>
    </message>
    <message>
        <source>At most {count} files are taken at a time.</source>
        <translation>Höchstens {count} Dateien werden auf einmal angenommen.</translation>
    </message>
    <message numerus="yes">
        <source>{count} bytes</source>
        <translation>
            <numerusform>{count} Byte</numerusform>
            <numerusform>{count} Byte</numerusform>
        </translation>
    </message>
    <message>
        <source>Write as the customer</source>
        <translation>Als Kunde schreiben</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter begins a new line</source>
        <translation>Enter sendet, Umschalt+Enter beginnt eine neue Zeile</translation>
    </message>
    <message>
        <source>Attach files; they can also be pasted, or dropped on the conversation</source>
        <translation>Dateien anhängen; auch Einfügen und Ablegen auf der Konversation geht</translation>
    </message>
    <message>
        <source>Try the file that failed again, or remove it, before you send.</source>
        <translation>Vor dem Senden die fehlgeschlagene Datei noch einmal versuchen oder entfernen.</translation>
    </message>
    <message>
        <source>{bytes} left</source>
        <translation>noch {bytes}</translation>
    </message>
    <message>
        <source>{bytes} too long</source>
        <translation>{bytes} zu lang</translation>
    </message>
    <message>
        <source>A message can hold {limit}. Shorten it by {over} to send it; nothing is lost.</source>
        <translation>Eine Nachricht fasst {limit}. Zum Senden um {over} kürzen; nichts geht verloren.</translation>
    </message>
    <message>
        <source>The service asked to wait {seconds} s more</source>
        <translation>Der Dienst bittet um weitere {seconds} s Geduld</translation>
    </message>
    <message>
        <source>Connecting waits for its turn, {seconds} s more</source>
        <translation>Das Verbinden wartet, bis es dran ist, noch {seconds} s</translation>
    </message>
    <message>
        <source>Sending {number} of {count}</source>
        <translation>{number} von {count} wird gesendet</translation>
    </message>
    <message>
        <source>Sending {number} of {count}, next in {seconds} s</source>
        <translation>{number} von {count} wird gesendet, die nächste in {seconds} s</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Try {name} again</source>
        <translation>{name} noch einmal versuchen</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>{name} entfernen</translation>
    </message>
    <message>
        <source>Do not send this file</source>
        <translation>Diese Datei nicht senden</translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation>Datei wird gelesen…</translation>
    </message>
    <message>
        <source>ready to be sent</source>
        <translation>bereit zum Senden</translation>
    </message>
    <message>
        <source>Files to be sent</source>
        <translation>Zu sendende Dateien</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>Eingefügtes Bild</translation>
    </message>
    <message>
        <source>One file a message: {count} files go as {count} messages</source>
        <translation>Eine Datei je Nachricht: {count} Dateien werden {count} Nachrichten</translation>
    </message>
</context>
<context>
    <name>Content</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>It was not uploaded.</source>
        <translation>Sie wurde nicht hochgeladen.</translation>
    </message>
    <message>
        <source>Uploading, {percent} %</source>
        <translation>Wird hochgeladen, {percent} %</translation>
    </message>
    <message>
        <source>Asking for a place to upload to…</source>
        <translation>Ein Platz zum Hochladen wird erfragt…</translation>
    </message>
    <message>
        <source>Uploading…</source>
        <translation>Wird hochgeladen…</translation>
    </message>
    <message>
        <source>Uploaded</source>
        <translation>Hochgeladen</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>File without a name</source>
        <translation>Datei ohne Namen</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>Save {name} as…</source>
        <translation>{name} speichern unter…</translation>
    </message>
    <message>
        <source>Open link…</source>
        <translation>Link öffnen…</translation>
    </message>
    <message>
        <source>Open link to {name}…</source>
        <translation>Link zu {name} öffnen…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel {name}</source>
        <translation>{name} abbrechen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Try {name} again</source>
        <translation>{name} noch einmal versuchen</translation>
    </message>
    <message>
        <source>Saving, {size} so far</source>
        <translation>Wird gespeichert, bisher {size}</translation>
    </message>
    <message>
        <source>Getting a link…</source>
        <translation>Link wird geholt…</translation>
    </message>
    <message>
        <source>Picture at {address}</source>
        <translation>Bild unter {address}</translation>
    </message>
    <message>
        <source>Video at {address}, not loaded</source>
        <translation>Video unter {address}, nicht geladen</translation>
    </message>
    <message>
        <source>Open {host}</source>
        <translation>{host} öffnen</translation>
    </message>
    <message>
        <source>Save file</source>
        <translation>Datei speichern</translation>
    </message>
    <message>
        <source>Saved as {name} in {folder}</source>
        <translation>Gespeichert als {name} in {folder}</translation>
    </message>
    <message>
        <source>Answer to a form</source>
        <translation>Antwort auf ein Formular</translation>
    </message>
    <message>
        <source>no kind named</source>
        <translation>keine Art genannt</translation>
    </message>
    <message>
        <source>Content gcdesk does not draw: {kind}</source>
        <translation>Inhalt, den gcdesk nicht darstellt: {kind}</translation>
    </message>
    <message>
        <source>ddd d MMM</source>
        <translation>ddd d. MMM</translation>
    </message>
    <message>
        <source>{count} minutes</source>
        <translation>{count} Minuten</translation>
    </message>
    <message>
        <source>No times are offered.</source>
        <translation>Es werden keine Termine angeboten.</translation>
    </message>
    <message>
        <source>Drop here to attach</source>
        <translation>Zum Anhängen hier ablegen</translation>
    </message>
    <message>
        <source>{title} (required)</source>
        <translation>{title} (Pflichtfeld)</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen…</translation>
    </message>
    <message>
        <source>Form without fields</source>
        <translation>Formular ohne Felder</translation>
    </message>
    <message>
        <source>Send form</source>
        <translation>Formular senden</translation>
    </message>
    <message>
        <source>Fill in “{title}” first.</source>
        <translation>Zuerst „{title}“ ausfüllen.</translation>
    </message>
    <message>
        <source>Form sent</source>
        <translation>Formular gesendet</translation>
    </message>
    <message>
        <source>Send choice</source>
        <translation>Auswahl senden</translation>
    </message>
    <message>
        <source>{label}, chosen</source>
        <translation>{label}, gewählt</translation>
    </message>
    <message>
        <source>Show picture</source>
        <translation>Bild zeigen</translation>
    </message>
    <message>
        <source>Loading the picture…</source>
        <translation>Bild wird geladen…</translation>
    </message>
    <message>
        <source>{what}, not loaded</source>
        <translation>{what}, nicht geladen</translation>
    </message>
    <message>
        <source>Show: {what}</source>
        <translation>Zeigen: {what}</translation>
    </message>
    <message>
        <source>{percent} % done</source>
        <translation>{percent} % fertig</translation>
    </message>
    <message>
        <source>This content is nested too deeply to be shown.</source>
        <translation>Dieser Inhalt ist zu tief verschachtelt, um gezeigt zu werden.</translation>
    </message>
    <message>
        <source>{title}, JSON shown</source>
        <translation>{title}, JSON ist zu sehen</translation>
    </message>
    <message>
        <source>{title}, show JSON</source>
        <translation>{title}, JSON zeigen</translation>
    </message>
    <message>
        <source>Show pictures</source>
        <translation>Bilder zeigen</translation>
    </message>
</context>
<context>
    <name>Crash</name>
    <message>
        <source>Something went wrong inside gcdesk. Chats that are open go on.</source>
        <translation>In gcdesk ist etwas schiefgegangen. Offene Chats laufen weiter.</translation>
    </message>
    <message>
        <source>gcdesk did not end properly the last time.</source>
        <translation>gcdesk wurde beim letzten Mal nicht richtig beendet.</translation>
    </message>
    <message>
        <source>gcdesk crashed the last time.</source>
        <translation>gcdesk ist beim letzten Mal abgestürzt.</translation>
    </message>
    <message>
        <source>gcdesk crashed the last time; that run began at {time}.</source>
        <translation>gcdesk ist beim letzten Mal abgestürzt; der Lauf hatte um {time} begonnen.</translation>
    </message>
    <message>
        <source>Chats are not kept, because the history is off.</source>
        <translation>Chats werden nicht behalten, weil der Verlauf ausgeschaltet ist.</translation>
    </message>
    <message>
        <source>Chats are saved up to the last frame in {path}.</source>
        <translation>Chats sind bis zum letzten Frame gespeichert in {path}.</translation>
    </message>
    <message>
        <source>The report could not be saved; copy it from here.</source>
        <translation>Der Bericht konnte nicht gespeichert werden; von hier kopieren.</translation>
    </message>
    <message>
        <source>The report is in {path}. IDs and secrets are masked in it.</source>
        <translation>Der Bericht liegt in {path}. IDs und Geheimnisse sind darin maskiert.</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Crash report</source>
        <translation>Absturzbericht</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>CrmIdField</name>
    <message>
        <source>CRM customer ID</source>
        <translation>CRM-Kunden-ID</translation>
    </message>
</context>
<context>
    <name>DeleteDialog</name>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>&amp;Behalten</translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message>
        <source>ok</source>
        <translation>ok</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source>this desk</source>
        <translation>dieser Arbeitsplatz</translation>
    </message>
</context>
<context>
    <name>DoctorDialog</name>
    <message>
        <source>Check this environment</source>
        <translation>Diese Umgebung prüfen</translation>
    </message>
    <message>
        <source>No message is sent. IDs and secrets are masked, so the report can go into a ticket.</source>
        <translation>Es wird keine Nachricht gesendet. IDs und Geheimnisse sind maskiert, der Bericht kann also in ein Ticket.</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Checking {name}…</source>
        <translation>{name} wird geprüft…</translation>
    </message>
</context>
<context>
    <name>EnvironmentButton</name>
    <message>
        <source>Environment: {name}, {place}</source>
        <translation>Umgebung: {name}, {place}</translation>
    </message>
    <message>
        <source>No environment</source>
        <translation>Keine Umgebung</translation>
    </message>
</context>
<context>
    <name>EnvironmentDesk</name>
    <message>
        <source>IDs are kept in {place}.</source>
        <translation>IDs liegen in: {place}.</translation>
    </message>
</context>
<context>
    <name>EnvironmentFiles</name>
    <message>
        <source>Import environments</source>
        <translation>Umgebungen importieren</translation>
    </message>
    <message>
        <source>Export environments</source>
        <translation>Umgebungen exportieren</translation>
    </message>
    <message>
        <source>The environments are in {name}, without IDs and secrets.</source>
        <translation>Die Umgebungen sind in {name}, ohne IDs und Geheimnisse.</translation>
    </message>
    <message>
        <source>Replace what is here</source>
        <translation>Vorhandene ersetzen</translation>
    </message>
    <message>
        <source>Files of environments</source>
        <translation>Dateien mit Umgebungen</translation>
    </message>
    <message>
        <source>Environments (*.json)</source>
        <translation>Umgebungen (*.json)</translation>
    </message>
    <message>
        <source>Added: {names}. Edit each to enter its deployment ID.</source>
        <translation>Hinzugefügt: {names}. Jede bearbeiten und ihre Deployment-ID eingeben.</translation>
    </message>
    <message>
        <source>Replaced: {names}. Their IDs stay.</source>
        <translation>Ersetzt: {names}. Ihre IDs bleiben.</translation>
    </message>
    <message>
        <source>Left as they are, since the file leads them elsewhere: {names}.</source>
        <translation>Unverändert, denn die Datei führt sie woandershin: {names}.</translation>
    </message>
    <message>
        <source>Left as they are, since they are here already: {names}.</source>
        <translation>Unverändert, denn es gibt sie hier schon: {names}.</translation>
    </message>
    <message>
        <source>The file holds no environment.</source>
        <translation>Die Datei enthält keine Umgebung.</translation>
    </message>
</context>
<context>
    <name>EnvironmentForm</name>
    <message>
        <source>deployment ID</source>
        <translation>Deployment-ID</translation>
    </message>
    <message>
        <source>organization ID</source>
        <translation>Organisations-ID</translation>
    </message>
    <message>
        <source>Kept; type to replace it</source>
        <translation>Bleibt erhalten; zum Ersetzen tippen</translation>
    </message>
    <message>
        <source>There is an environment named {name} already. Choose another name.</source>
        <translation>Es gibt schon eine Umgebung namens {name}. Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>Choose the region of the Genesys Cloud organization, or a custom endpoint.</source>
        <translation>Die Region der Genesys-Cloud-Organisation oder einen eigenen Endpunkt wählen.</translation>
    </message>
    <message>
        <source>The endpoint is missing. Type an address such as ws://127.0.0.1:8080/v1.</source>
        <translation>Der Endpunkt fehlt. Eine Adresse wie ws://127.0.0.1:8080/v1 eingeben.</translation>
    </message>
    <message>
        <source>Custom endpoint</source>
        <translation>Eigener Endpunkt</translation>
    </message>
    <message>
        <source>Choose a region</source>
        <translation>Region wählen</translation>
    </message>
    <message>
        <source>Such as UAT</source>
        <translation>Zum Beispiel UAT</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Deployment ID</source>
        <translation>Deployment-ID</translation>
    </message>
    <message>
        <source>Organization ID (optional)</source>
        <translation>Organisations-ID (optional)</translation>
    </message>
    <message>
        <source>Key of the CRM customer ID</source>
        <translation>Schlüssel der CRM-Kunden-ID</translation>
    </message>
    <message>
        <source>Origin (for restricted deployments)</source>
        <translation>Origin (für eingeschränkte Deployments)</translation>
    </message>
</context>
<context>
    <name>Environments</name>
    <message>
        <source>Built-in simulator</source>
        <translation>Eingebauter Simulator</translation>
    </message>
    <message>
        <source>this computer only</source>
        <translation>nur dieser Computer</translation>
    </message>
</context>
<context>
    <name>EnvironmentsDialog</name>
    <message>
        <source>Environments</source>
        <translation>Umgebungen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>Verbindung testen</translation>
    </message>
    <message>
        <source>Walk from this desk to the deployment with what is typed here; no message is sent</source>
        <translation>Mit den Angaben hier den Weg von diesem Arbeitsplatz bis zum Deployment gehen; es wird keine Nachricht gesendet</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>The deployment ID was never entered here. Chats can start once it is saved.</source>
        <translation>Die Deployment-ID wurde hier noch nie eingegeben. Chats können starten, sobald sie gespeichert ist.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Gespeichert.</translation>
    </message>
    <message>
        <source>{name} was removed.</source>
        <translation>{name} wurde entfernt.</translation>
    </message>
    <message>
        <source>Use for this session only</source>
        <translation>Nur für diese Sitzung verwenden</translation>
    </message>
    <message>
        <source>Remove, and leave the IDs in the keyring</source>
        <translation>Entfernen und die IDs im Schlüsselbund lassen</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert…</translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation>Wird entfernt…</translation>
    </message>
    <message>
        <source>Remove {name} and erase its IDs?</source>
        <translation>{name} entfernen und die IDs löschen?</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>{name} entfernen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>{place}, this session only</source>
        <translation>{place}, nur diese Sitzung</translation>
    </message>
    <message>
        <source>What you changed is not saved yet.</source>
        <translation>Die Änderungen sind noch nicht gespeichert.</translation>
    </message>
    <message>
        <source>Discard the changes</source>
        <translation>Änderungen verwerfen</translation>
    </message>
    <message>
        <source>Go on editing</source>
        <translation>Weiter bearbeiten</translation>
    </message>
</context>
<context>
    <name>EnvironmentsPage</name>
    <message>
        <source>Environments</source>
        <translation>Umgebungen</translation>
    </message>
    <message>
        <source>Where chats go, and what they start with: key of the CRM customer ID, default attributes, first message, proxy. A file to hand on holds no IDs and no secrets.</source>
        <translation>Wohin Chats gehen und womit sie beginnen: Schlüssel der CRM-Kunden-ID, Standardattribute, erste Nachricht, Proxy. Eine Datei zum Weitergeben enthält keine IDs und keine Geheimnisse.</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen…</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>{place}, this session only</source>
        <translation>{place}, nur diese Sitzung</translation>
    </message>
</context>
<context>
    <name>Evidence</name>
    <message>
        <source>The chat is on the clipboard as Markdown.</source>
        <translation>Der Chat liegt als Markdown in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Save evidence</source>
        <translation>Nachweis speichern</translation>
    </message>
    <message>
        <source>Pages (*.html)</source>
        <translation>Seiten (*.html)</translation>
    </message>
    <message>
        <source>The evidence is in {page}, and as JSON in {json} beside it.</source>
        <translation>Der Nachweis liegt in {page} und daneben als JSON in {json}.</translation>
    </message>
    <message>
        <source>Show the page</source>
        <translation>Seite zeigen</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Nachweis</translation>
    </message>
</context>
<context>
    <name>EvidenceDialog</name>
    <message>
        <source>Evidence for a ticket</source>
        <translation>Nachweis für ein Ticket</translation>
    </message>
    <message>
        <source>Transcript, frames, timings, attributes, message IDs, versions and the environment: one page that needs nothing else, and the same as JSON beside it. Tokens and IDs of the deployment are masked always.</source>
        <translation>Verlauf, Frames, Zeiten, Attribute, Nachrichten-IDs, Versionen und die Umgebung: eine Seite, die nichts weiter braucht, und daneben dasselbe als JSON. Tokens und IDs des Deployments sind immer maskiert.</translation>
    </message>
    <message>
        <source>Leave personal data as it is</source>
        <translation>Persönliche Daten unverändert lassen</translation>
    </message>
    <message>
        <source>Otherwise attribute values, the CRM ID, names, e-mail addresses, phone, account and card numbers are masked too.</source>
        <translation>Sonst werden auch Attributwerte, die CRM-ID, Namen, E-Mail-Adressen sowie Telefon-, Konto- und Kartennummern maskiert.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Copy as Markdown</source>
        <translation>Als Markdown &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Speichern…</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export environments</source>
        <translation>Umgebungen exportieren</translation>
    </message>
    <message>
        <source>The file holds names, places, attributes and first messages. Org IDs, deployment IDs, OAuth clients, sign-ins and whatever looks like an ID or a secret stay here.</source>
        <translation>Die Datei enthält Namen, Orte, Attribute und erste Nachrichten. Organisations-IDs, Deployment-IDs, OAuth-Clients, Anmeldungen und alles, was wie eine ID oder ein Geheimnis aussieht, bleiben hier.</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this chat</source>
        <translation>In diesem Chat suchen</translation>
    </message>
    <message>
        <source>Previous message that was found</source>
        <translation>Vorige gefundene Nachricht</translation>
    </message>
    <message>
        <source>Next message that was found</source>
        <translation>Nächste gefundene Nachricht</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Suche schließen</translation>
    </message>
    <message>
        <source>{what} ({keys})</source>
        <translation>{what} ({keys})</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} von {count}</translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>{count} gefunden</translation>
    </message>
</context>
<context>
    <name>FindField</name>
    <message>
        <source>Find a chat</source>
        <translation>Chat suchen</translation>
    </message>
    <message>
        <source>Find a chat by CRM ID or text</source>
        <translation>Chat nach CRM-ID oder Text suchen</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
</context>
<context>
    <name>Frames</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the frame&apos;s JSON, secrets masked</source>
        <translation>Das JSON des Frames kopieren, Geheimnisse maskiert</translation>
    </message>
    <message>
        <source>Copy the JSON; secrets stay masked</source>
        <translation>Das JSON kopieren; Geheimnisse bleiben maskiert</translation>
    </message>
    <message>
        <source>Selected frame</source>
        <translation>Gewählter Frame</translation>
    </message>
    <message>
        <source>Select a frame to see its JSON</source>
        <translation>Einen Frame wählen, um sein JSON zu sehen</translation>
    </message>
    <message>
        <source>… {count} more characters; Copy takes all of it</source>
        <translation>… {count} weitere Zeichen; Kopieren nimmt alles</translation>
    </message>
    <message>
        <source>Paused · {count} new</source>
        <translation>Angehalten · {count} neu</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Follow the newest frame again</source>
        <translation>Wieder dem neuesten Frame folgen</translation>
    </message>
    <message>
        <source>Show message</source>
        <translation>Nachricht zeigen</translation>
    </message>
    <message>
        <source>Go to this frame&apos;s message in the conversation</source>
        <translation>Zur Nachricht dieses Frames in der Konversation gehen</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>Alle Arten</translation>
    </message>
    <message>
        <source>No echo, no typing</source>
        <translation>Ohne Echo und Tippen</translation>
    </message>
    <message>
        <source>Filter by kind or text</source>
        <translation>Nach Art oder Text filtern</translation>
    </message>
    <message>
        <source>Filter frames by kind or text</source>
        <translation>Frames nach Art oder Text filtern</translation>
    </message>
    <message>
        <source>Filter frames by direction</source>
        <translation>Frames nach Richtung filtern</translation>
    </message>
    <message>
        <source>Both ways</source>
        <translation>Beide Richtungen</translation>
    </message>
    <message>
        <source>↑ Sent</source>
        <translation>↑ Gesendet</translation>
    </message>
    <message>
        <source>↓ Received</source>
        <translation>↓ Empfangen</translation>
    </message>
    <message>
        <source>Filter frames by kind</source>
        <translation>Frames nach Art filtern</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Frames</translation>
    </message>
    <message>
        <source>This message has no frame here.</source>
        <translation>Zu dieser Nachricht gibt es hier keinen Frame.</translation>
    </message>
    <message>
        <source>This frame carried no message.</source>
        <translation>Dieser Frame trug keine Nachricht.</translation>
    </message>
    <message>
        <source>Copied as JSON.</source>
        <translation>Als JSON kopiert.</translation>
    </message>
    <message>
        <source>{count} frames copied as JSON.</source>
        <translation>{count} Frames als JSON kopiert.</translation>
    </message>
    <message>
        <source>The first {copied} of {count} frames copied; more would be too long.</source>
        <translation>Die ersten {copied} von {count} Frames kopiert; mehr wäre zu lang.</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter frames by direction, kind and text</source>
        <translation>Frames nach Richtung, Art und Text filtern</translation>
    </message>
    <message>
        <source>Stay where I am when new frames come in</source>
        <translation>Stehen bleiben, wenn neue Frames kommen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Copying {count} frames…</source>
        <translation>{count} Frames werden kopiert…</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>Als JSON kopieren</translation>
    </message>
    <message>
        <source>Copy all as JSON</source>
        <translation>Alle als JSON kopieren</translation>
    </message>
    <message>
        <source>Show only this kind</source>
        <translation>Nur diese Art zeigen</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alle auswählen</translation>
    </message>
    <message>
        <source>Searching {total} frames…</source>
        <translation>{total} Frames werden durchsucht…</translation>
    </message>
    <message>
        <source>{count} of {total} frames match the filter.</source>
        <translation>{count} von {total} Frames passen zum Filter.</translation>
    </message>
    <message>
        <source>No frame matches the filter.</source>
        <translation>Kein Frame passt zum Filter.</translation>
    </message>
    <message>
        <source>The oldest {count} frames are gone; the newest are kept.</source>
        <translation>Die ältesten {count} Frames sind weg; die neuesten bleiben.</translation>
    </message>
    <message>
        <source>Sent at {time}: {kind}, {size}</source>
        <translation>Gesendet um {time}: {kind}, {size}</translation>
    </message>
    <message>
        <source>Received at {time}: {kind}, {size}</source>
        <translation>Empfangen um {time}: {kind}, {size}</translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Search all chats by CRM ID or text</source>
        <translation>Alle Chats nach CRM-ID oder Text durchsuchen</translation>
    </message>
    <message>
        <source>Chats that were found</source>
        <translation>Gefundene Chats</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>E&amp;vidence…</source>
        <translation>&amp;Nachweis…</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Löschen…</translation>
    </message>
    <message>
        <source>Days without anything new</source>
        <translation>Tage ohne Neues</translation>
    </message>
    <message>
        <source>Delete o&amp;lder chats…</source>
        <translation>&amp;Ältere Chats löschen…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Days without anything new:</source>
        <translation>Tage ohne Neues:</translation>
    </message>
    <message>
        <source>The latest {count} chats; the history takes {size}</source>
        <translation>Die neuesten {count} Chats; der Verlauf belegt {size}</translation>
    </message>
    <message>
        <source>No chat was found; the history takes {size}</source>
        <translation>Kein Chat gefunden; der Verlauf belegt {size}</translation>
    </message>
    <message numerus="yes">
        <source>{count} chats; the history takes {size}</source>
        <translation>
            <numerusform>{count} Chat; der Verlauf belegt {size}</numerusform>
            <numerusform>{count} Chats; der Verlauf belegt {size}</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete the chat of {name} for good? Nothing of it stays on this computer.</source>
        <translation>Den Chat von {name} endgültig löschen? Nichts davon bleibt auf diesem Computer.</translation>
    </message>
    <message>
        <source>Delete it</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>There is no chat as old as that.</source>
        <translation>So alte Chats gibt es nicht.</translation>
    </message>
    <message numerus="yes">
        <source>Delete {count} chats in which nothing has happened for so many days ({days}), for good?</source>
        <translation>
            <numerusform>{count} Chat, in dem so viele Tage ({days}) nichts geschehen ist, endgültig löschen?</numerusform>
            <numerusform>{count} Chats, in denen so viele Tage ({days}) nichts geschehen ist, endgültig löschen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete them</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Chats are written to a file of yours on this computer as they happen, so that they can be read and searched later. What is changed here holds for chats that begin from now on.</source>
        <translation>Chats werden laufend in eine eigene Datei auf diesem Computer geschrieben, damit sie später gelesen und durchsucht werden können. Änderungen hier gelten für Chats, die ab jetzt beginnen.</translation>
    </message>
    <message>
        <source>Keep chats on this computer</source>
        <translation>Chats auf diesem Computer behalten</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Delete them after so many days</source>
        <translation>Nach so vielen Tagen löschen</translation>
    </message>
    <message>
        <source>Empty keeps them until you delete them. Turning this off deletes nothing.</source>
        <translation>Leer bleiben sie, bis sie gelöscht werden. Das Ausschalten löscht nichts.</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>There is no room for the frames. Make the window wider.</source>
        <translation>Für die Frames ist kein Platz. Das Fenster breiter ziehen.</translation>
    </message>
    <message>
        <source>Details of the chat</source>
        <translation>Details zum Chat</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Frames</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Attribute</translation>
    </message>
    <message>
        <source>Timing</source>
        <translation>Zeiten</translation>
    </message>
</context>
<context>
    <name>Kept</name>
    <message>
        <source>Start a&amp;gain as this customer</source>
        <translation>&amp;Noch einmal als dieser Kunde starten</translation>
    </message>
    <message>
        <source>&amp;Delete this chat…</source>
        <translation>Diesen Chat &amp;löschen…</translation>
    </message>
    <message>
        <source>Delete the chat of {name} for good? Nothing of it stays on this computer.</source>
        <translation>Den Chat von {name} endgültig löschen? Nichts davon bleibt auf diesem Computer.</translation>
    </message>
    <message>
        <source>No CRM ID</source>
        <translation>Keine CRM-ID</translation>
    </message>
    <message>
        <source>Not ended</source>
        <translation>Nicht beendet</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Start a chat as the same customer</source>
        <translation>Einen Chat als derselbe Kunde starten</translation>
    </message>
    <message>
        <source>Reading this chat…</source>
        <translation>Der Chat wird gelesen…</translation>
    </message>
    <message>
        <source>It never went out.</source>
        <translation>Sie ging nie hinaus.</translation>
    </message>
    <message>
        <source>Pictures of kept chats are not loaded.</source>
        <translation>Bilder aufbewahrter Chats werden nicht geladen.</translation>
    </message>
    <message>
        <source>This chat is over. Start again to write as this customer.</source>
        <translation>Dieser Chat ist vorbei. Neu starten, um als dieser Kunde zu schreiben.</translation>
    </message>
    <message>
        <source>This chat was kept on this computer. It can be read, not written in.</source>
        <translation>Dieser Chat wurde auf diesem Computer aufbewahrt. Er lässt sich lesen, aber nicht fortsetzen.</translation>
    </message>
    <message>
        <source>Its end was never written: it still runs elsewhere, or was cut off.</source>
        <translation>Sein Ende wurde nie geschrieben: Er läuft anderswo noch, oder er wurde abgeschnitten.</translation>
    </message>
    <message numerus="yes">
        <source>{count} events could not be written.</source>
        <translation>
            <numerusform>{count} Ereignis konnte nicht geschrieben werden.</numerusform>
            <numerusform>{count} Ereignisse konnten nicht geschrieben werden.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeptHeader</name>
    <message>
        <source>Evidence…</source>
        <translation>Nachweis…</translation>
    </message>
    <message>
        <source>Everything a ticket needs, as a page and as JSON</source>
        <translation>Alles, was ein Ticket braucht, als Seite und als JSON</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Delete this chat from this computer for good</source>
        <translation>Diesen Chat endgültig von diesem Computer löschen</translation>
    </message>
</context>
<context>
    <name>LaunchBar</name>
    <message>
        <source>Launch bar</source>
        <translation>Startleiste</translation>
    </message>
    <message>
        <source>Add an environment…</source>
        <translation>Umgebung hinzufügen…</translation>
    </message>
    <message>
        <source>Manage environments…</source>
        <translation>Umgebungen verwalten…</translation>
    </message>
    <message>
        <source>There is no environment yet.</source>
        <translation>Es gibt noch keine Umgebung.</translation>
    </message>
    <message>
        <source>Add one from the list on the left.</source>
        <translation>Links in der Liste eine hinzufügen.</translation>
    </message>
    <message>
        <source>Start chat</source>
        <translation>Chat starten</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet…</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Wird abgebrochen…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Chat active</source>
        <translation>Chat aktiv</translation>
    </message>
    <message numerus="yes">
        <source>{keys} keys · {size} B of {limit}</source>
        <translation>
            <numerusform>{keys} Schlüssel · {size} B von {limit}</numerusform>
            <numerusform>{keys} Schlüssel · {size} B von {limit}</numerusform>
        </translation>
    </message>
    <message>
        <source>Start in {seconds} s</source>
        <translation>Start in {seconds} s</translation>
    </message>
    <message>
        <source>Start in {minutes}:{seconds:02}</source>
        <translation>Start in {minutes}:{seconds:02}</translation>
    </message>
</context>
<context>
    <name>Licences</name>
    <message>
        <source>not named by the package</source>
        <translation>vom Paket nicht genannt</translation>
    </message>
    <message>
        <source>{name} {version}, licence: {licence}</source>
        <translation>{name} {version}, Lizenz: {licence}</translation>
    </message>
    <message>
        <source>The package does not bring the text of its licence along.</source>
        <translation>Das Paket bringt den Text seiner Lizenz nicht mit.</translation>
    </message>
</context>
<context>
    <name>LicencesDialog</name>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>Packages</source>
        <translation>Pakete</translation>
    </message>
    <message>
        <source>Text of the licence</source>
        <translation>Text der Lizenz</translation>
    </message>
    <message>
        <source>Reading the licences</source>
        <translation>Die Lizenzen werden gelesen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Limits</name>
    <message>
        <source>Sizes, in bytes</source>
        <translation>Größen, in Byte</translation>
    </message>
    <message>
        <source>A message</source>
        <translation>Eine Nachricht</translation>
    </message>
    <message>
        <source>All custom attributes together</source>
        <translation>Alle Custom Attributes zusammen</translation>
    </message>
    <message>
        <source>A frame that comes in</source>
        <translation>Ein ankommender Frame</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Messages a second</source>
        <translation>Nachrichten je Sekunde</translation>
    </message>
    <message>
        <source>Messages that may follow one another at once</source>
        <translation>Nachrichten, die sofort aufeinander folgen dürfen</translation>
    </message>
    <message>
        <source>Requests a minute on a connection</source>
        <translation>Anfragen je Minute auf einer Verbindung</translation>
    </message>
    <message>
        <source>Of these, kept free for what matters</source>
        <translation>Davon freigehalten für Wichtiges</translation>
    </message>
    <message>
        <source>Health checks a minute</source>
        <translation>Health-Checks je Minute</translation>
    </message>
    <message>
        <source>Configures of a session a minute</source>
        <translation>Configures einer Session je Minute</translation>
    </message>
    <message>
        <source>Pages of earlier messages a minute</source>
        <translation>Seiten früherer Nachrichten je Minute</translation>
    </message>
    <message>
        <source>Connections of one session</source>
        <translation>Verbindungen einer Session</translation>
    </message>
    <message>
        <source>Connections to a deployment a minute</source>
        <translation>Verbindungen zu einem Deployment je Minute</translation>
    </message>
    <message>
        <source>Files sent at the same time</source>
        <translation>Gleichzeitig gesendete Dateien</translation>
    </message>
    <message>
        <source>Messages on a page of earlier messages</source>
        <translation>Nachrichten auf einer Seite früherer Nachrichten</translation>
    </message>
    <message>
        <source>Tries to send a message whose file is not ready yet</source>
        <translation>Versuche, eine Nachricht zu senden, deren Datei noch nicht bereit ist</translation>
    </message>
    <message>
        <source>Waits, in seconds</source>
        <translation>Wartezeiten, in Sekunden</translation>
    </message>
    <message>
        <source>For a connection to open</source>
        <translation>Bis eine Verbindung offen ist</translation>
    </message>
    <message>
        <source>For a session to be configured</source>
        <translation>Bis eine Session konfiguriert ist</translation>
    </message>
    <message>
        <source>For the deployment&apos;s configuration</source>
        <translation>Auf die Konfiguration des Deployments</translation>
    </message>
    <message>
        <source>For a sign of life</source>
        <translation>Auf ein Lebenszeichen</translation>
    </message>
    <message>
        <source>For the echo of a message, before the history is asked</source>
        <translation>Auf das Echo einer Nachricht, bevor der Verlauf gefragt wird</translation>
    </message>
    <message>
        <source>For a page of earlier messages</source>
        <translation>Auf eine Seite früherer Nachrichten</translation>
    </message>
    <message>
        <source>For what was missed while the connection was broken</source>
        <translation>Auf das, was während der Unterbrechung kam</translation>
    </message>
    <message>
        <source>For each answer about a file</source>
        <translation>Auf jede Antwort zu einer Datei</translation>
    </message>
    <message>
        <source>For a file&apos;s storage that is silent</source>
        <translation>Auf den Speicher einer Datei, wenn er stumm ist</translation>
    </message>
    <message>
        <source>For the old conversation to close before a new one</source>
        <translation>Bis die alte Konversation vor einer neuen schließt</translation>
    </message>
    <message>
        <source>For the service to end a conversation</source>
        <translation>Bis der Dienst eine Konversation beendet</translation>
    </message>
    <message>
        <source>For a connection to close</source>
        <translation>Bis eine Verbindung geschlossen ist</translation>
    </message>
    <message>
        <source>For the answer to a ping</source>
        <translation>Auf die Antwort auf ein Ping</translation>
    </message>
    <message>
        <source>Pauses, in seconds</source>
        <translation>Pausen, in Sekunden</translation>
    </message>
    <message>
        <source>Between pings of the connection</source>
        <translation>Zwischen Pings der Verbindung</translation>
    </message>
    <message>
        <source>Between health checks</source>
        <translation>Zwischen Health-Checks</translation>
    </message>
    <message>
        <source>Between typing indicators</source>
        <translation>Zwischen Tipp-Anzeigen</translation>
    </message>
    <message>
        <source>After a refusal for speed that names none</source>
        <translation>Nach einer Ablehnung wegen Tempo, die keine nennt</translation>
    </message>
    <message>
        <source>Before a message goes again whose file was not ready</source>
        <translation>Bevor eine Nachricht erneut geht, deren Datei nicht bereit war</translation>
    </message>
    <message>
        <source>Before a broken connection is tried again</source>
        <translation>Bevor eine unterbrochene Verbindung neu versucht wird</translation>
    </message>
    <message>
        <source>Until a broken connection counts as lost</source>
        <translation>Bis eine unterbrochene Verbindung als verloren gilt</translation>
    </message>
    <message>
        <source>Before its end that an unused session is announced to expire</source>
        <translation>So lange vor ihrem Ende wird das Ablaufen einer ungenutzten Session angekündigt</translation>
    </message>
    <message>
        <source>Write a whole number from {least} to {most}.</source>
        <translation>Eine ganze Zahl von {least} bis {most} schreiben.</translation>
    </message>
    <message>
        <source>Write a number from {least} to {most}.</source>
        <translation>Eine Zahl von {least} bis {most} schreiben.</translation>
    </message>
</context>
<context>
    <name>LimitsPage</name>
    <message>
        <source>Limits</source>
        <translation>Limits</translation>
    </message>
    <message>
        <source>What gcdesk keeps to, so that Genesys Cloud need not refuse. The grey figures are the service&apos;s; write others where your organization has others. They hold for chats that start from now on.</source>
        <translation>Woran sich gcdesk hält, damit Genesys Cloud nicht ablehnen muss. Die grauen Zahlen sind die des Dienstes; hat die eigene Organisation andere, diese eintragen. Sie gelten für Chats, die ab jetzt starten.</translation>
    </message>
    <message>
        <source>Use the service&apos;s figures</source>
        <translation>Zahlen des Dienstes verwenden</translation>
    </message>
</context>
<context>
    <name>Link</name>
    <message>
        <source>What stands before the @ is not the site. This leads to {host}.</source>
        <translation>Was vor dem @ steht, ist nicht die Website. Der Link führt zu {host}.</translation>
    </message>
    <message>
        <source>The site’s name has letters beyond a to z. It reads {name}.</source>
        <translation>Der Name der Website hat Buchstaben jenseits von a bis z. Er lautet {name}.</translation>
    </message>
    <message>
        <source>It mixes letters of several alphabets, as counterfeit addresses do.</source>
        <translation>Er mischt Buchstaben mehrerer Alphabete, wie es gefälschte Adressen tun.</translation>
    </message>
    <message>
        <source>No browser could be opened. Copy the address instead</source>
        <translation>Es konnte kein Browser geöffnet werden. Stattdessen die Adresse kopieren</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Do not open this address</source>
        <translation>Diese Adresse nicht öffnen</translation>
    </message>
    <message>
        <source>Opens in the browser:</source>
        <translation>Öffnet im Browser:</translation>
    </message>
    <message>
        <source>This is not a web address, so gcdesk does not open it:</source>
        <translation>Das ist keine Webadresse, gcdesk öffnet sie darum nicht:</translation>
    </message>
    <message>
        <source>Open {address}</source>
        <translation>{address} öffnen</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>&amp;Find a chat</source>
        <translation>Chat suc&amp;hen</translation>
    </message>
    <message>
        <source>Put customer and attributes into the launch bar, to change and start them</source>
        <translation>Kunde und Attribute in die Startleiste übernehmen, um sie zu ändern und zu starten</translation>
    </message>
    <message>
        <source>Duplicate with c&amp;hanged attributes…</source>
        <translation>Mit geänderten Attributen du&amp;plizieren…</translation>
    </message>
    <message>
        <source>Start in another environ&amp;ment</source>
        <translation>&amp;Zusätzlich in anderer Umgebung starten</translation>
    </message>
    <message>
        <source>S&amp;witch to</source>
        <translation>&amp;Wechseln zu</translation>
    </message>
    <message>
        <source>End the conversation for everybody; it cannot be taken up again</source>
        <translation>Die Konversation für alle beenden; sie kann nicht wieder aufgenommen werden</translation>
    </message>
    <message>
        <source>Evidence for a ticket…</source>
        <translation>Nachweis für ein Ticket…</translation>
    </message>
    <message>
        <source>This deployment takes no files</source>
        <translation>Dieses Deployment nimmt keine Dateien an</translation>
    </message>
    <message>
        <source>Files can be attached once the chat is active</source>
        <translation>Dateien können angehängt werden, sobald der Chat aktiv ist</translation>
    </message>
    <message>
        <source>The conversation can be ended once the first message has been echoed</source>
        <translation>Die Konversation kann beendet werden, sobald die erste Nachricht bestätigt ist</translation>
    </message>
    <message>
        <source>This deployment does not let the customer end the conversation</source>
        <translation>Dieses Deployment lässt den Kunden die Konversation nicht beenden</translation>
    </message>
    <message>
        <source>There is no conversation to end right now</source>
        <translation>Gerade gibt es keine Konversation zu beenden</translation>
    </message>
    <message>
        <source>&amp;New chat</source>
        <translation>&amp;Neuer Chat</translation>
    </message>
    <message>
        <source>&amp;Attributes…</source>
        <translation>&amp;Attribute…</translation>
    </message>
    <message>
        <source>&amp;Send message</source>
        <translation>Nachricht &amp;senden</translation>
    </message>
    <message>
        <source>&amp;Join the conversation</source>
        <translation>Der Konversation bei&amp;treten</translation>
    </message>
    <message>
        <source>&amp;Leave chat</source>
        <translation>Chat &amp;verlassen</translation>
    </message>
    <message>
        <source>Close the connection; the conversation stays open for the agent</source>
        <translation>Die Verbindung schließen; für den Agent bleibt die Konversation offen</translation>
    </message>
    <message>
        <source>&amp;End conversation</source>
        <translation>Konversation be&amp;enden</translation>
    </message>
    <message>
        <source>New con&amp;versation here</source>
        <translation>Neue &amp;Konversation hier</translation>
    </message>
    <message>
        <source>Begin a new conversation in this guest session, once the old one is read-only</source>
        <translation>In dieser Guest-Session eine neue Konversation beginnen, wenn die alte nur noch lesbar ist</translation>
    </message>
    <message>
        <source>Res&amp;ume an earlier chat…</source>
        <translation>Früheren Chat &amp;fortsetzen…</translation>
    </message>
    <message>
        <source>S&amp;ign in…</source>
        <translation>An&amp;melden…</translation>
    </message>
    <message>
        <source>Sign a customer in through the browser; the chat goes on in that name</source>
        <translation>Einen Kunden im Browser anmelden; der Chat läuft unter seinem Namen weiter</translation>
    </message>
    <message>
        <source>Sign &amp;out</source>
        <translation>A&amp;bmelden</translation>
    </message>
    <message>
        <source>Log the customer out; chats in that name are closed</source>
        <translation>Den Kunden abmelden; Chats unter seinem Namen werden geschlossen</translation>
    </message>
    <message>
        <source>Start a&amp;gain</source>
        <translation>Ne&amp;u starten</translation>
    </message>
    <message>
        <source>Start a chat with a fresh guest session for the same customer</source>
        <translation>Einen Chat mit frischer Guest-Session für denselben Kunden starten</translation>
    </message>
    <message>
        <source>Loa&amp;d earlier messages</source>
        <translation>Frühere Nachrichten &amp;laden</translation>
    </message>
    <message>
        <source>A&amp;ttach files…</source>
        <translation>&amp;Dateien anhängen…</translation>
    </message>
    <message>
        <source>Show pict&amp;ures in this environment</source>
        <translation>&amp;Bilder in dieser Umgebung zeigen</translation>
    </message>
    <message>
        <source>Load pictures from messages without asking; who keeps them sees that they are loaded</source>
        <translation>Bilder in Nachrichten ohne Rückfrage laden; wer sie bereitstellt, sieht, dass sie geladen werden</translation>
    </message>
    <message>
        <source>Show &amp;Markdown as written</source>
        <translation>&amp;Markdown unformatiert zeigen</translation>
    </message>
    <message>
        <source>Copy &amp;CRM ID</source>
        <translation>CRM-&amp;ID kopieren</translation>
    </message>
    <message>
        <source>Save transcript, frames, timings and attributes as a page and as JSON</source>
        <translation>Verlauf, Frames, Zeiten und Attribute als Seite und als JSON speichern</translation>
    </message>
    <message>
        <source>Copy as Mar&amp;kdown</source>
        <translation>Als Markdown kopie&amp;ren</translation>
    </message>
    <message>
        <source>Copy the chat for a ticket, with personal data masked</source>
        <translation>Den Chat für ein Ticket kopieren, mit maskierten persönlichen Daten</translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation>&amp;Aufbewahrte Chats…</translation>
    </message>
    <message>
        <source>Search all chats that were kept, and delete old ones</source>
        <translation>Alle aufbewahrten Chats durchsuchen und alte löschen</translation>
    </message>
    <message>
        <source>&amp;Remove from the list</source>
        <translation>Aus der Liste entfe&amp;rnen</translation>
    </message>
    <message>
        <source>&amp;Previous chat</source>
        <translation>V&amp;origer Chat</translation>
    </message>
    <message>
        <source>Ne&amp;xt chat</source>
        <translation>Nä&amp;chster Chat</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;gcdesk beenden</translation>
    </message>
    <message>
        <source>&amp;Choose environment…</source>
        <translation>Umgebung &amp;wählen…</translation>
    </message>
    <message>
        <source>&amp;Add an environment…</source>
        <translation>Umgebung &amp;hinzufügen…</translation>
    </message>
    <message>
        <source>&amp;Edit this environment…</source>
        <translation>Diese Umgebung &amp;bearbeiten…</translation>
    </message>
    <message>
        <source>&amp;Manage environments…</source>
        <translation>Umgebungen &amp;verwalten…</translation>
    </message>
    <message>
        <source>&amp;Import environments…</source>
        <translation>Umgebungen &amp;importieren…</translation>
    </message>
    <message>
        <source>E&amp;xport environments…</source>
        <translation>Umgebungen e&amp;xportieren…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>&amp;Chat list</source>
        <translation>&amp;Chat-Liste</translation>
    </message>
    <message>
        <source>&amp;Frames</source>
        <translation>&amp;Frames</translation>
    </message>
    <message>
        <source>F&amp;ilter frames…</source>
        <translation>Frames fi&amp;ltern…</translation>
    </message>
    <message>
        <source>Timin&amp;g of this chat</source>
        <translation>&amp;Zeiten dieses Chats</translation>
    </message>
    <message>
        <source>Next &amp;part of the window</source>
        <translation>Nächster &amp;Teil des Fensters</translation>
    </message>
    <message>
        <source>Pre&amp;vious part of the window</source>
        <translation>&amp;Voriger Teil des Fensters</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>Check this &amp;environment…</source>
        <translation>Diese Umgebung &amp;prüfen…</translation>
    </message>
    <message>
        <source>Walk from this desk to the environment&apos;s chats and say what would go wrong</source>
        <translation>Von diesem Arbeitsplatz bis zu den Chats der Umgebung gehen und sagen, was schiefginge</translation>
    </message>
    <message>
        <source>&amp;Prove attributes of a conversation…</source>
        <translation>Attribute einer &amp;Konversation nachweisen…</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts…</source>
        <translation>&amp;Tastenkürzel…</translation>
    </message>
    <message>
        <source>&amp;About gcdesk</source>
        <translation>Ü&amp;ber gcdesk</translation>
    </message>
    <message>
        <source>&amp;Chat</source>
        <translation>&amp;Chat</translation>
    </message>
    <message>
        <source>&amp;Environment</source>
        <translation>&amp;Umgebung</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Design</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Log level</source>
        <translation>Protokoll&amp;stufe</translation>
    </message>
    <message>
        <source>&amp;Debug</source>
        <translation>&amp;Debug</translation>
    </message>
    <message>
        <source>&amp;Info</source>
        <translation>&amp;Info</translation>
    </message>
    <message>
        <source>&amp;Warning</source>
        <translation>&amp;Warnung</translation>
    </message>
    <message>
        <source>&amp;Error</source>
        <translation>&amp;Fehler</translation>
    </message>
    <message>
        <source>Find in this chat</source>
        <translation>In diesem Chat suchen</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>Weitersuchen</translation>
    </message>
    <message>
        <source>Find previous</source>
        <translation>Rückwärts suchen</translation>
    </message>
    <message>
        <source>Jump to new messages</source>
        <translation>Zu neuen Nachrichten springen</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>Notification</name>
    <message>
        <source>Reply in the chat with {customer}</source>
        <translation>Antwort im Chat mit {customer}</translation>
    </message>
    <message>
        <source>Something to choose from</source>
        <translation>Etwas zur Auswahl</translation>
    </message>
</context>
<context>
    <name>NotificationsPage</name>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>What the system shows when a reply comes while another program is in use.</source>
        <translation>Was das System zeigt, wenn eine Antwort kommt, während ein anderes Programm benutzt wird.</translation>
    </message>
    <message>
        <source>Which chat has a reply</source>
        <translation>In welchem Chat eine Antwort kam</translation>
    </message>
    <message>
        <source>Which chat, and the text of the reply</source>
        <translation>Chat und Text der Antwort</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>Notifications may also be seen while the screen is locked.</source>
        <translation>Benachrichtigungen sind unter Umständen auch bei gesperrtem Bildschirm zu sehen.</translation>
    </message>
</context>
<context>
    <name>OpenDialog</name>
    <message>
        <source>Start a chat</source>
        <translation>Chat starten</translation>
    </message>
    <message>
        <source>Start this chat?</source>
        <translation>Diesen Chat starten?</translation>
    </message>
    <message>
        <source>Another program asks for it. Nothing is sent unless you start it here.</source>
        <translation>Ein anderes Programm bittet darum. Nichts wird gesendet, bevor der Chat hier gestartet wird.</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>CRM customer ID</source>
        <translation>CRM-Kunden-ID</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Attribute</translation>
    </message>
    <message>
        <source>&amp;Start chat</source>
        <translation>Chat &amp;starten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>PlainText</name>
    <message>
        <source>… ({count} more characters, see the frames list)</source>
        <translation>… ({count} weitere Zeichen, siehe Frame-Liste)</translation>
    </message>
</context>
<context>
    <name>Proof</name>
    <message>
        <source>The org could not be compared</source>
        <translation>Die Organisation konnte nicht verglichen werden</translation>
    </message>
    <message>
        <source>The chat goes on; check yourself that it is the right org.</source>
        <translation>Der Chat läuft weiter; bitte selbst prüfen, ob es die richtige Organisation ist.</translation>
    </message>
    <message>
        <source>No browser could be opened. Copy the conversation ID instead.</source>
        <translation>Es konnte kein Browser geöffnet werden. Stattdessen die Konversations-ID kopieren.</translation>
    </message>
    <message>
        <source>Looking for the attributes in Genesys Cloud</source>
        <translation>Die Attribute werden in Genesys Cloud gesucht</translation>
    </message>
    <message>
        <source>Looking for the attributes in the simulator</source>
        <translation>Die Attribute werden im Simulator gesucht</translation>
    </message>
    <message>
        <source>Arrived in Genesys Cloud</source>
        <translation>In Genesys Cloud angekommen</translation>
    </message>
    <message>
        <source>Arrived in the simulator</source>
        <translation>Im Simulator angekommen</translation>
    </message>
    <message>
        <source>Different in Genesys Cloud</source>
        <translation>In Genesys Cloud anders</translation>
    </message>
    <message>
        <source>Different in the simulator</source>
        <translation>Im Simulator anders</translation>
    </message>
    <message>
        <source>Not in Genesys Cloud</source>
        <translation>Nicht in Genesys Cloud</translation>
    </message>
    <message>
        <source>Not in the simulator</source>
        <translation>Nicht im Simulator</translation>
    </message>
    <message>
        <source>1 of 1 attribute: {key} = {value} on the customer</source>
        <translation>1 von 1 Attribut: {key} = {value} beim Kunden</translation>
    </message>
    <message>
        <source>{number} of {number} attributes: {key} = {value} on the customer</source>
        <translation>{number} von {number} Attributen: {key} = {value} beim Kunden</translation>
    </message>
    <message>
        <source>{number} more differ.</source>
        <translation>{number} weitere weichen ab.</translation>
    </message>
    <message>
        <source>Not on the customer: {keys}.</source>
        <translation>Fehlt beim Kunden: {keys}.</translation>
    </message>
    <message>
        <source>{arrived} of {all} attributes arrived as sent.</source>
        <translation>{arrived} von {all} Attributen kamen an wie gesendet.</translation>
    </message>
    <message>
        <source>{key} is {found}, but {sent} was sent.</source>
        <translation>{key} ist {found}, gesendet wurde {sent}.</translation>
    </message>
    <message>
        <source>{key} is there as {name} = {found}.</source>
        <translation>{key} steht dort als {name} = {found}.</translation>
    </message>
    <message>
        <source>Conversation {id}</source>
        <translation>Konversation {id}</translation>
    </message>
    <message>
        <source>flow {name}</source>
        <translation>Flow {name}</translation>
    </message>
    <message>
        <source>queue {name}</source>
        <translation>Warteschlange {name}</translation>
    </message>
    <message>
        <source>agent {name}</source>
        <translation>Agent {name}</translation>
    </message>
    <message>
        <source>ended by {who}</source>
        <translation>beendet von {who}</translation>
    </message>
    <message>
        <source>{flow} ended: {reason}</source>
        <translation>{flow} endete: {reason}</translation>
    </message>
    <message>
        <source>flow outcome {name}: {value}</source>
        <translation>Flow-Ergebnis {name}: {value}</translation>
    </message>
    <message>
        <source>Arrival in Genesys Cloud is not proven</source>
        <translation>Ankunft in Genesys Cloud ist nicht nachgewiesen</translation>
    </message>
    <message>
        <source>Arrival in the simulator is not proven</source>
        <translation>Ankunft im Simulator ist nicht nachgewiesen</translation>
    </message>
</context>
<context>
    <name>ProveDialog</name>
    <message>
        <source>Prove attributes of a conversation</source>
        <translation>Attribute einer Konversation nachweisen</translation>
    </message>
    <message>
        <source>A message ID</source>
        <translation>Einer Nachrichten-ID</translation>
    </message>
    <message>
        <source>A conversation ID</source>
        <translation>Einer Konversations-ID</translation>
    </message>
    <message>
        <source>An exported JSON file</source>
        <translation>Einer exportierten JSON-Datei</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei wählen…</translation>
    </message>
    <message>
        <source>Prove</source>
        <translation>Nachweisen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>It is not said which conversation is meant.</source>
        <translation>Es fehlt die Angabe, welche Konversation gemeint ist.</translation>
    </message>
    <message>
        <source>Write one key=value on each line.</source>
        <translation>Je Zeile ein schlüssel=wert schreiben.</translation>
    </message>
    <message>
        <source>Looking for the attributes</source>
        <translation>Die Attribute werden gesucht</translation>
    </message>
    <message>
        <source>Choose an exported conversation</source>
        <translation>Exportierte Konversation wählen</translation>
    </message>
    <message>
        <source>Conversations (*.json)</source>
        <translation>Konversationen (*.json)</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Found by</source>
        <translation>Gefunden anhand</translation>
    </message>
    <message>
        <source>ID or file</source>
        <translation>ID oder Datei</translation>
    </message>
    <message>
        <source>Expected attributes, one key=value a line</source>
        <translation>Erwartete Attribute, je Zeile ein schlüssel=wert</translation>
    </message>
</context>
<context>
    <name>Proxy</name>
    <message>
        <source>As in the settings</source>
        <translation>Wie in den Einstellungen</translation>
    </message>
    <message>
        <source>As the operating system says</source>
        <translation>Wie im Betriebssystem</translation>
    </message>
    <message>
        <source>No proxy</source>
        <translation>Kein Proxy</translation>
    </message>
    <message>
        <source>This proxy</source>
        <translation>Dieser Proxy</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>Adresse des Proxys</translation>
    </message>
</context>
<context>
    <name>ProxyPage</name>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>The way to Genesys Cloud. An environment can have a way of its own. Chats that go on keep theirs.</source>
        <translation>Der Weg zu Genesys Cloud. Eine Umgebung kann einen eigenen haben. Laufende Chats behalten ihren.</translation>
    </message>
</context>
<context>
    <name>ResumeDialog</name>
    <message>
        <source>Resume an earlier chat</source>
        <translation>Früheren Chat fortsetzen</translation>
    </message>
    <message>
        <source>The newest chats in {environment}. A resumed chat goes on in its old guest session.</source>
        <translation>Die neuesten Chats in {environment}. Ein fortgesetzter Chat läuft in seiner alten Guest-Session weiter.</translation>
    </message>
    <message>
        <source>No chat in {environment} can be resumed. Chats are kept here once they have begun.</source>
        <translation>In {environment} kann kein Chat fortgesetzt werden. Chats werden hier behalten, sobald sie begonnen haben.</translation>
    </message>
    <message>
        <source>Earlier chats</source>
        <translation>Frühere Chats</translation>
    </message>
    <message>
        <source>No CRM ID</source>
        <translation>Keine CRM-ID</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>SecretEdit</name>
    <message>
        <source>Hide the {what}</source>
        <translation>{what} verbergen</translation>
    </message>
    <message>
        <source>Show the {what}</source>
        <translation>{what} zeigen</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>A proxy or a sign-in page may be answering in the service&apos;s place.</source>
        <translation>Vielleicht antwortet ein Proxy oder eine Anmeldeseite anstelle des Dienstes.</translation>
    </message>
    <message>
        <source>What answers at {host} is not the deployment&apos;s configuration ({status}).</source>
        <translation>Was unter {host} antwortet, ist nicht die Konfiguration des Deployments ({status}).</translation>
    </message>
    <message>
        <source>{measured}, version {version}</source>
        <translation>{measured}, Version {version}</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>The deployment is not active: its status is {status}.</source>
        <translation>Das Deployment ist nicht aktiv: Sein Status ist {status}.</translation>
    </message>
    <message>
        <source>{seconds:.0f} s ahead</source>
        <translation>{seconds:.0f} s voraus</translation>
    </message>
    <message>
        <source>{seconds:.0f} s behind</source>
        <translation>{seconds:.0f} s zurück</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is {seconds:.0f} seconds behind the service&apos;s.</source>
        <translation>Die Uhr dieses Computers geht {seconds:.0f} Sekunden gegenüber dem Dienst nach.</translation>
    </message>
    <message>
        <source>This region does not know the deployment ID ({status}), but {elsewhere} does.</source>
        <translation>Diese Region kennt die Deployment-ID nicht ({status}), {elsewhere} aber schon.</translation>
    </message>
    <message>
        <source>Change the environment&apos;s region to {elsewhere}.</source>
        <translation>Die Region der Umgebung in {elsewhere} ändern.</translation>
    </message>
    <message>
        <source>Copy the deployment ID again from the messenger deployment&apos;s snippet; check the region too.</source>
        <translation>Die Deployment-ID noch einmal aus dem Snippet des Messenger-Deployments kopieren; auch die Region prüfen.</translation>
    </message>
    <message>
        <source>No deployment has this ID here ({status}).</source>
        <translation>Kein Deployment hat hier diese ID ({status}).</translation>
    </message>
    <message>
        <source>The list of allowed domains could not be read. {why}</source>
        <translation>Die Liste der erlaubten Domains konnte nicht gelesen werden. {why}</translation>
    </message>
    <message>
        <source>The list of allowed domains could not be read ({status}).</source>
        <translation>Die Liste der erlaubten Domains konnte nicht gelesen werden ({status}).</translation>
    </message>
    <message>
        <source>The Origin {origin} is among the allowed domains.</source>
        <translation>Der Origin {origin} gehört zu den erlaubten Domains.</translation>
    </message>
    <message>
        <source>The deployment is restricted, and the Origin {origin} is not among its allowed domains.</source>
        <translation>Das Deployment ist eingeschränkt, und der Origin {origin} gehört nicht zu den erlaubten Domains.</translation>
    </message>
    <message>
        <source>Set the environment&apos;s Origin to one of them: {domains}.</source>
        <translation>Den Origin der Umgebung auf einen davon setzen: {domains}.</translation>
    </message>
    <message>
        <source>The deployment&apos;s configuration could not be read. {why}</source>
        <translation>Die Konfiguration des Deployments konnte nicht gelesen werden. {why}</translation>
    </message>
    <message>
        <source>No proxy is in the way to {host}.</source>
        <translation>Auf dem Weg zu {host} liegt kein Proxy.</translation>
    </message>
    <message>
        <source>The way to {host} leads through the {proxy}.</source>
        <translation>Der Weg zu {host} führt durch den {proxy}.</translation>
    </message>
    <message>
        <source>{host} is {address} and {more} more.</source>
        <translation>{host} ist {address} und {more} weitere.</translation>
    </message>
    <message>
        <source>{host} is {address}.</source>
        <translation>{host} ist {address}.</translation>
    </message>
    <message>
        <source>The proxy&apos;s name is known; it looks up the rest. {why}</source>
        <translation>Der Name des Proxys ist bekannt; alle weiteren schlägt er nach. {why}</translation>
    </message>
    <message>
        <source>{place} takes connections.</source>
        <translation>{place} nimmt Verbindungen an.</translation>
    </message>
    <message>
        <source>{place} takes connections through the {proxy}.</source>
        <translation>{place} nimmt Verbindungen durch den {proxy} an.</translation>
    </message>
    <message>
        <source>{place} is on this computer, so nothing is encrypted.</source>
        <translation>{place} ist auf diesem Computer, also wird nichts verschlüsselt.</translation>
    </message>
    <message>
        <source>The certificate of {host} is trusted by this computer.</source>
        <translation>Dieser Computer vertraut dem Zertifikat von {host}.</translation>
    </message>
    <message>
        <source>The certificate of {host} is signed by {signer}.</source>
        <translation>Das Zertifikat von {host} ist von {signer} signiert.</translation>
    </message>
    <message>
        <source>The certificate of {host} is signed by {signer}, which is no public authority known here: a company proxy probably reads what passes.</source>
        <translation>Das Zertifikat von {host} ist von {signer} signiert, keiner hier bekannten öffentlichen Stelle: Wahrscheinlich liest ein Firmen-Proxy mit.</translation>
    </message>
    <message>
        <source>Chats work as long as this computer trusts it. If frames are cut or delayed, ask for an exception for {host}.</source>
        <translation>Chats gehen, solange dieser Computer ihm vertraut. Werden Frames abgeschnitten oder verzögert, um eine Ausnahme für {host} bitten.</translation>
    </message>
    <message>
        <source>The certificate of {host} ends in {days} days.</source>
        <translation>Das Zertifikat von {host} läuft in {days} Tagen ab.</translation>
    </message>
    <message>
        <source>The org cannot be compared. {why}</source>
        <translation>Die Organisation kann nicht verglichen werden. {why}</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>The credentials belong to the org {name}; the environment does not say which org it is for.</source>
        <translation>Die Zugangsdaten gehören zur Organisation {name}; die Umgebung sagt nicht, für welche Organisation sie ist.</translation>
    </message>
    <message>
        <source>The credentials belong to the environment&apos;s org, {name}.</source>
        <translation>Die Zugangsdaten gehören zur Organisation der Umgebung, {name}.</translation>
    </message>
    <message>
        <source>Give the client a role that has it, for the division of the conversations.</source>
        <translation>Dem Client eine Rolle geben, die sie hat, für die Division der Konversationen.</translation>
    </message>
    <message>
        <source>The OAuth client lacks these permissions: {lacking}.</source>
        <translation>Dem OAuth-Client fehlen diese Berechtigungen: {lacking}.</translation>
    </message>
    <message>
        <source>Custom attributes may have {limit:,} bytes.</source>
        <translation>Custom Attributes dürfen {limit:,} Byte haben.</translation>
    </message>
    <message>
        <source>Check whether a proxy holds frames back.</source>
        <translation>Prüfen, ob ein Proxy Frames zurückhält.</translation>
    </message>
    <message>
        <source>The service did not answer an echo within {seconds:g} seconds.</source>
        <translation>Der Dienst hat ein Echo nicht innerhalb von {seconds:g} Sekunden beantwortet.</translation>
    </message>
    <message>
        <source>The session was not configured.</source>
        <translation>Die Session wurde nicht konfiguriert.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The rest needs a way to {place}.</source>
        <translation>Der Rest braucht einen Weg zu {place}.</translation>
    </message>
    <message>
        <source>The rest needs a connection to {place} that can be trusted.</source>
        <translation>Der Rest braucht eine vertrauenswürdige Verbindung zu {place}.</translation>
    </message>
    <message>
        <source>Fetch it again.</source>
        <translation>Noch einmal abrufen.</translation>
    </message>
    <message>
        <source>Only {received:,} of {size:,} bytes of the file came.</source>
        <translation>Nur {received:,} von {size:,} Byte der Datei kamen an.</translation>
    </message>
    <message>
        <source>There is no link to the file.</source>
        <translation>Es gibt keinen Link zur Datei.</translation>
    </message>
    <message>
        <source>Ask the sender for a smaller one.</source>
        <translation>Den Absender um eine kleinere bitten.</translation>
    </message>
    <message>
        <source>The file has more than {largest:,} bytes, which is too large to be fetched.</source>
        <translation>Die Datei hat mehr als {largest:,} Byte und ist damit zu groß zum Abrufen.</translation>
    </message>
    <message>
        <source>The link to the file leads in a circle.</source>
        <translation>Der Link zur Datei führt im Kreis.</translation>
    </message>
    <message>
        <source>The link to the file leads to an address that is not secure.</source>
        <translation>Der Link zur Datei führt zu einer unsicheren Adresse.</translation>
    </message>
    <message>
        <source>The link to the file is not good any more ({status}).</source>
        <translation>Der Link zur Datei gilt nicht mehr ({status}).</translation>
    </message>
    <message>
        <source>The file could not be fetched ({status}).</source>
        <translation>Die Datei konnte nicht abgerufen werden ({status}).</translation>
    </message>
    <message>
        <source>January</source>
        <translation>Januar</translation>
    </message>
    <message>
        <source>February</source>
        <translation>Februar</translation>
    </message>
    <message>
        <source>March</source>
        <translation>März</translation>
    </message>
    <message>
        <source>April</source>
        <translation>April</translation>
    </message>
    <message>
        <source>May</source>
        <translation>Mai</translation>
    </message>
    <message>
        <source>June</source>
        <translation>Juni</translation>
    </message>
    <message>
        <source>July</source>
        <translation>Juli</translation>
    </message>
    <message>
        <source>August</source>
        <translation>August</translation>
    </message>
    <message>
        <source>September</source>
        <translation>September</translation>
    </message>
    <message>
        <source>October</source>
        <translation>Oktober</translation>
    </message>
    <message>
        <source>November</source>
        <translation>November</translation>
    </message>
    <message>
        <source>December</source>
        <translation>Dezember</translation>
    </message>
    <message>
        <source>{host} did not answer within {seconds:g} seconds.</source>
        <translation>{host} hat nicht innerhalb von {seconds:g} Sekunden geantwortet.</translation>
    </message>
    <message>
        <source>The host name {host} could not be found.</source>
        <translation>Der Hostname {host} wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>{host} did not answer in time.</source>
        <translation>{host} hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>Check whether this computer is online.</source>
        <translation>Prüfen, ob dieser Computer online ist.</translation>
    </message>
    <message>
        <source>No network leads to {host}.</source>
        <translation>Kein Netzwerk führt zu {host}.</translation>
    </message>
    <message>
        <source>Nothing answers at {host}.</source>
        <translation>Unter {host} antwortet nichts.</translation>
    </message>
    <message>
        <source>Check the endpoint and port: wss:// needs a port that speaks TLS.</source>
        <translation>Endpunkt und Port prüfen: wss:// braucht einen Port, der TLS spricht.</translation>
    </message>
    <message>
        <source>What answers at {host} does not speak TLS.</source>
        <translation>Was unter {host} antwortet, spricht kein TLS.</translation>
    </message>
    <message>
        <source>The secure connection to {host} could not be made.</source>
        <translation>Die sichere Verbindung zu {host} kam nicht zustande.</translation>
    </message>
    <message>
        <source>Check the endpoint; a proxy or a captive portal may be answering in the service&apos;s place.</source>
        <translation>Den Endpunkt prüfen; vielleicht antwortet ein Proxy oder eine Anmeldeseite anstelle des Dienstes.</translation>
    </message>
    <message>
        <source>The certificate that {host} shows belongs to another host.</source>
        <translation>Das Zertifikat, das {host} zeigt, gehört einem anderen Host.</translation>
    </message>
    <message>
        <source>The certificate of {host} could not be verified.</source>
        <translation>Das Zertifikat von {host} konnte nicht geprüft werden.</translation>
    </message>
    <message>
        <source>The certificate of {host} is not valid at this date.</source>
        <translation>Das Zertifikat von {host} gilt an diesem Datum nicht.</translation>
    </message>
    <message>
        <source>The certificate of {host} is valid from {since} to {until}, but this computer&apos;s clock says {now}.</source>
        <translation>Das Zertifikat von {host} gilt vom {since} bis zum {until}, die Uhr dieses Computers zeigt aber den {now}.</translation>
    </message>
    <message>
        <source>Set this computer&apos;s clock: it is {time} ahead of the service&apos;s.</source>
        <translation>Die Uhr dieses Computers stellen: Sie geht {time} gegenüber dem Dienst vor.</translation>
    </message>
    <message>
        <source>Set this computer&apos;s clock: it is {time} behind the service&apos;s.</source>
        <translation>Die Uhr dieses Computers stellen: Sie geht {time} gegenüber dem Dienst nach.</translation>
    </message>
    <message>
        <source>If a company proxy signs connections, add its certificate to the system&apos;s trust store.</source>
        <translation>Signiert ein Firmen-Proxy die Verbindungen, sein Zertifikat in den Zertifikatspeicher des Systems aufnehmen.</translation>
    </message>
    <message>
        <source>Nobody this computer trusts has signed the certificate of {host}.</source>
        <translation>Niemand, dem dieser Computer vertraut, hat das Zertifikat von {host} signiert.</translation>
    </message>
    <message>
        <source>Check the endpoint; if it is a test server of yours, add its certificate to the system&apos;s trust store.</source>
        <translation>Den Endpunkt prüfen; ist es ein eigener Testserver, sein Zertifikat in den Zertifikatspeicher des Systems aufnehmen.</translation>
    </message>
    <message>
        <source>The certificate of {host} is signed by nobody but itself, {issuer}.</source>
        <translation>Das Zertifikat von {host} hat nur sich selbst signiert, {issuer}.</translation>
    </message>
    <message>
        <source>If that is your company&apos;s proxy, add its certificate to the system&apos;s trust store; if you do not know it, do not go on.</source>
        <translation>Ist das der Proxy Ihrer Firma, sein Zertifikat in den Zertifikatspeicher des Systems aufnehmen; ist er unbekannt, nicht weitermachen.</translation>
    </message>
    <message>
        <source>The certificate of {host} is signed by {issuer}, which this computer does not trust.</source>
        <translation>Das Zertifikat von {host} ist von {issuer} signiert, dem dieser Computer nicht vertraut.</translation>
    </message>
    <message>
        <source>{minutes:.0f} minutes</source>
        <translation>{minutes:.0f} Minuten</translation>
    </message>
    <message>
        <source>{hours:.0f} hours</source>
        <translation>{hours:.0f} Stunden</translation>
    </message>
    <message>
        <source>{days:,.0f} days</source>
        <translation>{days:,.0f} Tage</translation>
    </message>
    <message>
        <source>{day} {month} {year}</source>
        <translation>{day}. {month} {year}</translation>
    </message>
    <message>
        <source>A web page answered in the service&apos;s place ({status}).</source>
        <translation>Anstelle des Dienstes hat eine Webseite geantwortet ({status}).</translation>
    </message>
    <message>
        <source>The service is not available at the moment ({status}).</source>
        <translation>Der Dienst ist gerade nicht verfügbar ({status}).</translation>
    </message>
    <message>
        <source>Check the endpoint; a sign-in page of the network may be in between.</source>
        <translation>Den Endpunkt prüfen; vielleicht liegt eine Anmeldeseite des Netzwerks dazwischen.</translation>
    </message>
    <message>
        <source>The server sends the connection somewhere else ({status}).</source>
        <translation>Der Server leitet die Verbindung woandershin ({status}).</translation>
    </message>
    <message>
        <source>The server refused the connection ({status}).</source>
        <translation>Der Server hat die Verbindung abgelehnt ({status}).</translation>
    </message>
    <message>
        <source>What answers at {host} does not speak WebSocket.</source>
        <translation>Was unter {host} antwortet, spricht kein WebSocket.</translation>
    </message>
    <message>
        <source>Try again; if it happens again, check the endpoint, and whether a firewall blocks WebSockets.</source>
        <translation>Noch einmal versuchen; passiert es wieder, den Endpunkt prüfen und ob eine Firewall WebSockets sperrt.</translation>
    </message>
    <message>
        <source>{host} closed the connection before it was open.</source>
        <translation>{host} hat die Verbindung geschlossen, bevor sie offen war.</translation>
    </message>
    <message>
        <source>The connection to {host} broke during the transfer.</source>
        <translation>Die Verbindung zu {host} brach während der Übertragung ab.</translation>
    </message>
    <message>
        <source>The service stopped answering.</source>
        <translation>Der Dienst antwortet nicht mehr.</translation>
    </message>
    <message>
        <source>Check the network and the proxy; a proxy may cut connections that stay open.</source>
        <translation>Netzwerk und Proxy prüfen; ein Proxy kann lange offene Verbindungen trennen.</translation>
    </message>
    <message>
        <source>The service closed the connection.</source>
        <translation>Der Dienst hat die Verbindung geschlossen.</translation>
    </message>
    <message>
        <source>The service sent something that is not a WebSocket frame.</source>
        <translation>Der Dienst hat etwas gesendet, das kein WebSocket-Frame ist.</translation>
    </message>
    <message>
        <source>Check the endpoint, and whether a proxy changes what passes through it.</source>
        <translation>Den Endpunkt prüfen, und ob ein Proxy verändert, was durch ihn geht.</translation>
    </message>
    <message>
        <source>The deployment&apos;s configuration did not come within {seconds:g} seconds.</source>
        <translation>Die Konfiguration des Deployments kam nicht innerhalb von {seconds:g} Sekunden.</translation>
    </message>
    <message>
        <source>The deployment&apos;s configuration is too large to be one.</source>
        <translation>Die Konfiguration des Deployments ist zu groß, um eine zu sein.</translation>
    </message>
    <message>
        <source>What answered is not the deployment&apos;s configuration.</source>
        <translation>Was geantwortet hat, ist nicht die Konfiguration des Deployments.</translation>
    </message>
    <message>
        <source>No configuration was found for this deployment ({status}).</source>
        <translation>Für dieses Deployment wurde keine Konfiguration gefunden ({status}).</translation>
    </message>
    <message>
        <source>The deployment&apos;s configuration could not be read ({status}).</source>
        <translation>Die Konfiguration des Deployments konnte nicht gelesen werden ({status}).</translation>
    </message>
    <message>
        <source>That is not an ordinary file.</source>
        <translation>Das ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>Choose a file, not a folder or a device.</source>
        <translation>Eine Datei wählen, keinen Ordner und kein Gerät.</translation>
    </message>
    <message>
        <source>The file is not there any more.</source>
        <translation>Die Datei ist nicht mehr da.</translation>
    </message>
    <message>
        <source>Attach it again from where it is now.</source>
        <translation>Sie von ihrem jetzigen Ort neu anhängen.</translation>
    </message>
    <message>
        <source>The file may not be read.</source>
        <translation>Die Datei darf nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Ask for the right to read it, or choose another one.</source>
        <translation>Um Leserecht bitten oder eine andere wählen.</translation>
    </message>
    <message>
        <source>What answered is no page of earlier messages.</source>
        <translation>Was geantwortet hat, ist keine Seite früherer Nachrichten.</translation>
    </message>
    <message>
        <source>The earlier messages could not be read ({status}).</source>
        <translation>Die früheren Nachrichten konnten nicht gelesen werden ({status}).</translation>
    </message>
    <message>
        <source>{place} was silent for {seconds:g} seconds.</source>
        <translation>{place} blieb {seconds:g} Sekunden stumm.</translation>
    </message>
    <message>
        <source>What answered at {place} does not speak HTTP as it should.</source>
        <translation>Was unter {place} geantwortet hat, spricht HTTP nicht richtig.</translation>
    </message>
    <message>
        <source>{place} said that it has everything, long before it had.</source>
        <translation>{place} meldete alles als erhalten, lange bevor es so war.</translation>
    </message>
    <message>
        <source>The address for the transfer is not secure or not whole.</source>
        <translation>Die Adresse für die Übertragung ist nicht sicher oder unvollständig.</translation>
    </message>
    <message>
        <source>It has to start with https://; only this computer may be reached without.</source>
        <translation>Sie muss mit https:// beginnen; nur dieser Computer ist ohne erreichbar.</translation>
    </message>
    <message>
        <source>The address or the headers for the transfer cannot be sent.</source>
        <translation>Adresse oder Kopfzeilen für die Übertragung können nicht gesendet werden.</translation>
    </message>
    <message>
        <source>Look at the frame that named them in the frames list.</source>
        <translation>In der Frame-Liste den Frame ansehen, der sie nannte.</translation>
    </message>
    <message>
        <source>This chat is open {allowed} times already; one more would close the oldest.</source>
        <translation>Dieser Chat ist schon {allowed}-mal offen; einmal mehr würde den ältesten schließen.</translation>
    </message>
    <message>
        <source>Register a redirect address with a port above 1023, then change the environment.</source>
        <translation>Eine Redirect-Adresse mit einem Port über 1023 registrieren, dann die Umgebung ändern.</translation>
    </message>
    <message>
        <source>This user may not listen on port {port}, to which the provider sends the browser back.</source>
        <translation>Dieser Benutzer darf nicht auf Port {port} hören, zu dem der Anbieter den Browser zurückschickt.</translation>
    </message>
    <message>
        <source>Port {port}, to which the provider sends the browser back, is in use by another program.</source>
        <translation>Port {port}, zu dem der Anbieter den Browser zurückschickt, wird von einem anderen Programm benutzt.</translation>
    </message>
    <message>
        <source>This computer gave no port for the sign-in&apos;s answer.</source>
        <translation>Dieser Computer gab keinen Port für die Antwort der Anmeldung her.</translation>
    </message>
    <message>
        <source>This computer slept, or gcdesk was halted, for {time}.</source>
        <translation>Dieser Computer schlief, oder gcdesk war angehalten, {time} lang.</translation>
    </message>
    <message>
        <source>{seconds:.0f} seconds</source>
        <translation>{seconds:.0f} Sekunden</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>There are too many files named like {name}.</source>
        <translation>Es gibt zu viele Dateien mit Namen wie {name}.</translation>
    </message>
    <message>
        <source>There is no room for the file.</source>
        <translation>Für die Datei ist kein Platz.</translation>
    </message>
    <message>
        <source>Free some space, or choose another folder.</source>
        <translation>Platz schaffen oder einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>The folder for the file is not there.</source>
        <translation>Der Ordner für die Datei ist nicht da.</translation>
    </message>
    <message>
        <source>The folder may not be written.</source>
        <translation>In den Ordner darf nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The picture has {width:,} by {height:,} pixels, which is too many to be shown.</source>
        <translation>Das Bild hat {width:,} mal {height:,} Pixel, zu viele, um gezeigt zu werden.</translation>
    </message>
    <message>
        <source>The message is there, but its conversation is not known yet.</source>
        <translation>Die Nachricht ist da, ihre Konversation ist aber noch nicht bekannt.</translation>
    </message>
    <message>
        <source>The Platform API does not accept the access token it was just given (401).</source>
        <translation>Die Platform API nimmt das eben ausgestellte Zugriffstoken nicht an (401).</translation>
    </message>
    <message>
        <source>Check that the region is right, and that the OAuth client was not disabled.</source>
        <translation>Prüfen, ob die Region stimmt und der OAuth-Client nicht deaktiviert wurde.</translation>
    </message>
    <message>
        <source>What answers is not the Platform API: it sent something that is not JSON.</source>
        <translation>Was antwortet, ist nicht die Platform API: Es hat etwas gesendet, das kein JSON ist.</translation>
    </message>
    <message>
        <source>Check the region or the endpoint, and whether a proxy or a sign-in page answers instead.</source>
        <translation>Region oder Endpunkt prüfen, und ob stattdessen ein Proxy oder eine Anmeldeseite antwortet.</translation>
    </message>
    <message>
        <source>Give an address such as http://proxy.example:3128 or socks5h://proxy.example:1080.</source>
        <translation>Eine Adresse wie http://proxy.example:3128 oder socks5h://proxy.example:1080 angeben.</translation>
    </message>
    <message>
        <source>This sign-in cannot be renewed.</source>
        <translation>Diese Anmeldung kann nicht erneuert werden.</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>Neu anmelden.</translation>
    </message>
    <message>
        <source>No identity provider is set up for this environment.</source>
        <translation>Für diese Umgebung ist kein Identity Provider eingerichtet.</translation>
    </message>
    <message>
        <source>Give the environment a sign-in address and a client ID.</source>
        <translation>Der Umgebung eine Anmeldeadresse und eine Client-ID geben.</translation>
    </message>
    <message>
        <source>The identity provider sent the browser back without a code.</source>
        <translation>Der Identity Provider hat den Browser ohne Code zurückgeschickt.</translation>
    </message>
    <message>
        <source>Check that its client allows the authorization code flow.</source>
        <translation>Prüfen, ob sein Client den Authorization Code Flow erlaubt.</translation>
    </message>
    <message>
        <source>The sign-in had run out already (401).</source>
        <translation>Die Anmeldung war schon abgelaufen (401).</translation>
    </message>
    <message>
        <source>There is nothing to log out from.</source>
        <translation>Es gibt nichts, wovon abgemeldet werden könnte.</translation>
    </message>
    <message>
        <source>Check the system&apos;s proxy settings, and whether the proxy is running.</source>
        <translation>Die Proxy-Einstellungen des Systems prüfen, und ob der Proxy läuft.</translation>
    </message>
    <message>
        <source>The proxy&apos;s user or password is too long for SOCKS.</source>
        <translation>Benutzer oder Passwort des Proxys ist zu lang für SOCKS.</translation>
    </message>
    <message>
        <source>It may take up to 255 bytes.</source>
        <translation>Bis zu 255 Byte sind möglich.</translation>
    </message>
    <message>
        <source>Check the region or endpoint.</source>
        <translation>Region oder Endpunkt prüfen.</translation>
    </message>
    <message>
        <source>Check again in a moment, or check that it is the right conversation.</source>
        <translation>Gleich noch einmal prüfen, oder ob es die richtige Konversation ist.</translation>
    </message>
    <message>
        <source>Copy both from Admin, Integrations, OAuth: a client of the grant type client credentials.</source>
        <translation>Beide unter Admin, Integrationen, OAuth kopieren: ein Client mit Grant Type Client Credentials.</translation>
    </message>
    <message>
        <source>Copy it again from Admin, Integrations, OAuth, without anything around it.</source>
        <translation>Noch einmal unter Admin, Integrationen, OAuth kopieren, ohne etwas drumherum.</translation>
    </message>
    <message>
        <source>That is no client ID.</source>
        <translation>Das ist keine Client-ID.</translation>
    </message>
    <message>
        <source>It holds no colon; copy it again.</source>
        <translation>Sie enthält keinen Doppelpunkt; noch einmal kopieren.</translation>
    </message>
    <message>
        <source>Set both, or neither.</source>
        <translation>Beide setzen oder keine.</translation>
    </message>
    <message>
        <source>The keyring&apos;s entry for these credentials is damaged.</source>
        <translation>Der Eintrag im Schlüsselbund für diese Zugangsdaten ist beschädigt.</translation>
    </message>
    <message>
        <source>Enter the credentials again.</source>
        <translation>Die Zugangsdaten noch einmal eingeben.</translation>
    </message>
    <message>
        <source>Install the system library that is named; on Debian and Ubuntu, packaging/bootstrap.py lists them all.</source>
        <translation>Die genannte Systembibliothek installieren; für Debian und Ubuntu listet packaging/bootstrap.py alle auf.</translation>
    </message>
    <message>
        <source>The environment has no name.</source>
        <translation>Die Umgebung hat keinen Namen.</translation>
    </message>
    <message>
        <source>Give it a short name, such as Test.</source>
        <translation>Einen kurzen Namen geben, etwa Test.</translation>
    </message>
    <message>
        <source>The name holds characters that cannot be shown.</source>
        <translation>Der Name enthält Zeichen, die nicht gezeigt werden können.</translation>
    </message>
    <message>
        <source>Use letters, digits, blanks and dashes.</source>
        <translation>Buchstaben, Ziffern, Leerzeichen und Bindestriche verwenden.</translation>
    </message>
    <message>
        <source>Give it exactly one of the two.</source>
        <translation>Genau eins von beiden angeben.</translation>
    </message>
    <message>
        <source>Take it out; the ID is typed for each chat.</source>
        <translation>Herausnehmen; die ID wird für jeden Chat eingegeben.</translation>
    </message>
    <message>
        <source>The first message holds half a character that cannot be sent.</source>
        <translation>Die erste Nachricht enthält ein halbes Zeichen, das nicht gesendet werden kann.</translation>
    </message>
    <message>
        <source>Delete it and write it again.</source>
        <translation>Löschen und neu schreiben.</translation>
    </message>
    <message>
        <source>Shorten it.</source>
        <translation>Kürzen.</translation>
    </message>
    <message>
        <source>The deployment ID is missing.</source>
        <translation>Die Deployment-ID fehlt.</translation>
    </message>
    <message>
        <source>Copy it from Admin, Message, Messenger Deployments in Genesys Cloud.</source>
        <translation>In Genesys Cloud unter Admin, Nachricht, Messenger-Deployments kopieren.</translation>
    </message>
    <message>
        <source>The key for the CRM customer ID holds characters that cannot be shown.</source>
        <translation>Der Schlüssel für die CRM-Kunden-ID enthält Zeichen, die nicht gezeigt werden können.</translation>
    </message>
    <message>
        <source>The Origin cannot be used.</source>
        <translation>Der Origin ist nicht verwendbar.</translation>
    </message>
    <message>
        <source>Write it like https://www.example.com, without blanks.</source>
        <translation>Schreiben wie https://www.example.com, ohne Leerzeichen.</translation>
    </message>
    <message>
        <source>The entry has no identifier.</source>
        <translation>Der Eintrag hat keine Kennung.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>Look its number up with gcdesk history list.</source>
        <translation>Seine Nummer mit gcdesk history list nachsehen.</translation>
    </message>
    <message>
        <source>Give a number of days, such as 90.</source>
        <translation>Eine Anzahl Tage angeben, etwa 90.</translation>
    </message>
    <message>
        <source>Earlier chats are in the file that was kept.</source>
        <translation>Frühere Chats sind in der aufgehobenen Datei.</translation>
    </message>
    <message>
        <source>The keyring&apos;s entry for this environment is damaged.</source>
        <translation>Der Eintrag im Schlüsselbund für diese Umgebung ist beschädigt.</translation>
    </message>
    <message>
        <source>Enter the environment&apos;s IDs again.</source>
        <translation>Die IDs der Umgebung noch einmal eingeben.</translation>
    </message>
    <message>
        <source>Use one of the names of the limits.</source>
        <translation>Einen der Namen der Limits verwenden.</translation>
    </message>
    <message>
        <source>{place} answered without an access token.</source>
        <translation>{place} hat ohne Zugriffstoken geantwortet.</translation>
    </message>
    <message>
        <source>{place} did not answer within {seconds:g} seconds.</source>
        <translation>{place} hat nicht innerhalb von {seconds:g} Sekunden geantwortet.</translation>
    </message>
    <message>
        <source>The OAuth client lacks one of these permissions: {names}.</source>
        <translation>Dem OAuth-Client fehlt eine dieser Berechtigungen: {names}.</translation>
    </message>
    <message>
        <source>The OAuth client lacks the permission {name}.</source>
        <translation>Dem OAuth-Client fehlt die Berechtigung {name}.</translation>
    </message>
    <message>
        <source>The Platform API did not accept a request ({status}).</source>
        <translation>Die Platform API hat eine Anfrage nicht angenommen ({status}).</translation>
    </message>
    <message>
        <source>The proxy&apos;s address is not an address.</source>
        <translation>Die Adresse des Proxys ist keine Adresse.</translation>
    </message>
    <message>
        <source>The proxy&apos;s address names no host.</source>
        <translation>Die Adresse des Proxys nennt keinen Host.</translation>
    </message>
    <message>
        <source>The proxy {host} wants TLS to itself, which gcdesk cannot do.</source>
        <translation>Der Proxy {host} verlangt TLS zu sich selbst, was gcdesk nicht kann.</translation>
    </message>
    <message>
        <source>gcdesk cannot use a proxy of the kind “{scheme}”.</source>
        <translation>gcdesk kann keinen Proxy der Art „{scheme}“ verwenden.</translation>
    </message>
    <message>
        <source>The proxy wants a sign-in by {ways}, which gcdesk cannot do (407).</source>
        <translation>Der Proxy verlangt eine Anmeldung mit {ways}, was gcdesk nicht kann (407).</translation>
    </message>
    <message>
        <source>Nobody signed in within {seconds:g} seconds.</source>
        <translation>Niemand hat sich innerhalb von {seconds:g} Sekunden angemeldet.</translation>
    </message>
    <message>
        <source>Nobody signed in within {minutes:.3g} minutes.</source>
        <translation>Niemand hat sich innerhalb von {minutes:.3g} Minuten angemeldet.</translation>
    </message>
    <message>
        <source>The sign-in has run out: Genesys Cloud did not renew it ({status}).</source>
        <translation>Die Anmeldung ist abgelaufen: Genesys Cloud hat sie nicht erneuert ({status}).</translation>
    </message>
    <message>
        <source>The sign-in could not be renewed ({status}).</source>
        <translation>Die Anmeldung konnte nicht erneuert werden ({status}).</translation>
    </message>
    <message>
        <source>The customer could not be logged out ({status}).</source>
        <translation>Der Kunde konnte nicht abgemeldet werden ({status}).</translation>
    </message>
    <message>
        <source>Genesys Cloud did not take the sign-in ({status}).</source>
        <translation>Genesys Cloud hat die Anmeldung nicht übernommen ({status}).</translation>
    </message>
    <message>
        <source>Genesys Cloud did not accept the sign-in ({status}).</source>
        <translation>Genesys Cloud hat die Anmeldung nicht angenommen ({status}).</translation>
    </message>
    <message>
        <source>The {proxy} cannot be reached.</source>
        <translation>Der {proxy} ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>The proxy does not allow connections to {host} ({status}).</source>
        <translation>Der Proxy erlaubt keine Verbindungen zu {host} ({status}).</translation>
    </message>
    <message>
        <source>The proxy did not connect to {host} ({status}).</source>
        <translation>Der Proxy hat sich nicht mit {host} verbunden ({status}).</translation>
    </message>
    <message>
        <source>The proxy did not connect to {host}.</source>
        <translation>Der Proxy hat sich nicht mit {host} verbunden.</translation>
    </message>
    <message>
        <source>{host} is not a host name.</source>
        <translation>{host} ist kein Hostname.</translation>
    </message>
    <message>
        <source>The {proxy} closed the connection without an answer.</source>
        <translation>Der {proxy} hat die Verbindung ohne Antwort geschlossen.</translation>
    </message>
    <message>
        <source>What answers as {proxy} is not such a proxy.</source>
        <translation>Was als {proxy} antwortet, ist kein solcher Proxy.</translation>
    </message>
    <message>
        <source>The storage did not take the file ({status}).</source>
        <translation>Der Speicher hat die Datei nicht angenommen ({status}).</translation>
    </message>
    <message>
        <source>The credentials belong to the org {org} ({org_id}), but this environment is for the org {expected}.</source>
        <translation>Die Zugangsdaten gehören zur Organisation {org} ({org_id}), diese Umgebung ist aber für die Organisation {expected}.</translation>
    </message>
    <message>
        <source>client ID</source>
        <translation>Client-ID</translation>
    </message>
    <message>
        <source>client secret</source>
        <translation>Client-Secret</translation>
    </message>
    <message>
        <source>The {what} is missing.</source>
        <translation>{what} fehlt.</translation>
    </message>
    <message>
        <source>That is no {what}.</source>
        <translation>{what}: So sieht keine aus.</translation>
    </message>
    <message>
        <source>{missing} is not set, but the other variable is.</source>
        <translation>{missing} ist nicht gesetzt, die andere Variable aber schon.</translation>
    </message>
    <message>
        <source>gcdesk {version} on Python {python}, {system}.</source>
        <translation>gcdesk {version} mit Python {python}, {system}.</translation>
    </message>
    <message>
        <source>Qt could not be tried ({kind}).</source>
        <translation>Qt konnte nicht ausprobiert werden ({kind}).</translation>
    </message>
    <message>
        <source>Qt for Python {version} loads.</source>
        <translation>Qt für Python {version} lässt sich laden.</translation>
    </message>
    <message>
        <source>it ended without a word</source>
        <translation>es endete ohne ein Wort</translation>
    </message>
    <message>
        <source>Qt cannot be loaded: {missing}.</source>
        <translation>Qt lässt sich nicht laden: {missing}.</translation>
    </message>
    <message>
        <source>IDs and secrets are kept in {name}.</source>
        <translation>IDs und Geheimnisse liegen in: {name}.</translation>
    </message>
    <message>
        <source>The settings can be read; they hold {count} environments.</source>
        <translation>Die Einstellungen sind lesbar; sie enthalten {count} Umgebungen.</translation>
    </message>
    <message>
        <source>The name is {count} characters long.</source>
        <translation>Der Name ist {count} Zeichen lang.</translation>
    </message>
    <message>
        <source>Use at most {most} characters.</source>
        <translation>Höchstens {most} Zeichen verwenden.</translation>
    </message>
    <message>
        <source>There is no colour named {colour}.</source>
        <translation>Es gibt keine Farbe namens {colour}.</translation>
    </message>
    <message>
        <source>Choose one of {colours}.</source>
        <translation>Eine davon wählen: {colours}.</translation>
    </message>
    <message>
        <source>The default attribute {crm_id_key} is the one that carries the CRM customer ID.</source>
        <translation>Das Standardattribut {crm_id_key} ist das, das die CRM-Kunden-ID trägt.</translation>
    </message>
    <message>
        <source>The first message is {size:,} bytes long; Genesys Cloud takes at most {message_bytes:,}.</source>
        <translation>Die erste Nachricht ist {size:,} Byte lang; Genesys Cloud nimmt höchstens {message_bytes:,}.</translation>
    </message>
    <message>
        <source>organization ID</source>
        <translation>Organisations-ID</translation>
    </message>
    <message>
        <source>deployment ID</source>
        <translation>Deployment-ID</translation>
    </message>
    <message>
        <source>Use letters and digits, such as {key}.</source>
        <translation>Buchstaben und Ziffern verwenden, zum Beispiel {key}.</translation>
    </message>
    <message>
        <source>The IDs of {name} are not in this keyring.</source>
        <translation>Die IDs von {name} sind nicht in diesem Schlüsselbund.</translation>
    </message>
    <message>
        <source>There is an environment named {name} already.</source>
        <translation>Es gibt schon eine Umgebung namens {name}.</translation>
    </message>
    <message>
        <source>Did you mean {name}?</source>
        <translation>War {name} gemeint?</translation>
    </message>
    <message>
        <source>There are: {names}.</source>
        <translation>Es gibt: {names}.</translation>
    </message>
    <message>
        <source>There is no environment named {name}.</source>
        <translation>Es gibt keine Umgebung namens {name}.</translation>
    </message>
    <message>
        <source>There is no chat {chat_id} in the history.</source>
        <translation>Im Verlauf gibt es keinen Chat {chat_id}.</translation>
    </message>
    <message>
        <source>Chats cannot be older than {days:g} days.</source>
        <translation>Chats können nicht älter als {days:g} Tage sein.</translation>
    </message>
    <message>
        <source>The history file {path} could not be used ({reason}).</source>
        <translation>Die Verlaufsdatei {path} ist nicht verwendbar ({reason}).</translation>
    </message>
    <message>
        <source>The history file {path} is damaged.</source>
        <translation>Die Verlaufsdatei {path} ist beschädigt.</translation>
    </message>
    <message>
        <source>The history file was damaged. It was kept as {aside}, and a fresh one was begun.</source>
        <translation>Die Verlaufsdatei war beschädigt. Sie wurde als {aside} aufgehoben und eine neue begonnen.</translation>
    </message>
    <message>
        <source>In the settings file, {section} is not an object with names and figures.</source>
        <translation>In der Einstellungsdatei ist {section} kein Objekt mit Namen und Zahlen.</translation>
    </message>
    <message>
        <source>There is no limit called {name}.</source>
        <translation>Es gibt kein Limit namens {name}.</translation>
    </message>
    <message>
        <source>Correct it in {path}, or take it out: then the service&apos;s own figure applies.</source>
        <translation>In {path} berichtigen oder herausnehmen: Dann gilt die Zahl des Dienstes.</translation>
    </message>
    <message>
        <source>The proxy&apos;s address holds a user or a password.</source>
        <translation>Die Adresse des Proxys enthält einen Benutzer oder ein Passwort.</translation>
    </message>
    <message>
        <source>Take them out: the settings are a file. A proxy that asks for them is found by its address in the system&apos;s proxy settings or in the variable HTTPS_PROXY.</source>
        <translation>Herausnehmen: Die Einstellungen sind eine Datei. Ein Proxy, der danach fragt, wird über seine Adresse in den Proxy-Einstellungen des Systems oder in der Variable HTTPS_PROXY gefunden.</translation>
    </message>
    <message>
        <source>Correct the proxy in the window&apos;s settings, or in {path}.</source>
        <translation>Den Proxy in den Einstellungen des Fensters oder in {path} berichtigen.</translation>
    </message>
    <message>
        <source>The settings file {path} is damaged, so fresh settings are used. It will be kept under another name when a setting changes.</source>
        <translation>Die Einstellungsdatei {path} ist beschädigt, darum gelten neue Einstellungen. Ändert sich eine, wird die alte Datei unter anderem Namen aufgehoben.</translation>
    </message>
    <message>
        <source>The settings file was damaged. It was kept as {aside}, and a fresh one was begun.</source>
        <translation>Die Einstellungsdatei war beschädigt. Sie wurde als {aside} aufgehoben und eine neue begonnen.</translation>
    </message>
    <message>
        <source>Another program is changing the keyring, or the settings folder cannot be written to.</source>
        <translation>Ein anderes Programm ändert den Schlüsselbund, oder in den Einstellungsordner kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Try again; if it happens again, check the folder&apos;s rights.</source>
        <translation>Noch einmal versuchen; passiert es wieder, die Rechte des Ordners prüfen.</translation>
    </message>
    <message>
        <source>No usable keyring was found, so sign-ins and earlier sessions cannot be kept.</source>
        <translation>Es wurde kein verwendbarer Schlüsselbund gefunden, darum können Anmeldungen und frühere Sessions nicht behalten werden.</translation>
    </message>
    <message>
        <source>Install or unlock a keyring such as GNOME Keyring or KWallet.</source>
        <translation>Einen Schlüsselbund wie GNOME Keyring oder KWallet installieren oder entsperren.</translation>
    </message>
    <message>
        <source>The keyring&apos;s entry is damaged: a part of it is missing.</source>
        <translation>Der Eintrag im Schlüsselbund ist beschädigt: Ein Teil davon fehlt.</translation>
    </message>
    <message>
        <source>Enter again what was kept there.</source>
        <translation>Noch einmal eingeben, was dort lag.</translation>
    </message>
    <message>
        <source>What should be kept is too long for the keyring.</source>
        <translation>Was behalten werden soll, ist zu lang für den Schlüsselbund.</translation>
    </message>
    <message>
        <source>Forget older entries, then try again.</source>
        <translation>Ältere Einträge vergessen, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The keyring did not keep what was given to it.</source>
        <translation>Der Schlüsselbund hat nicht behalten, was er bekam.</translation>
    </message>
    <message>
        <source>The keyring did not erase what it should.</source>
        <translation>Der Schlüsselbund hat nicht gelöscht, was er sollte.</translation>
    </message>
    <message>
        <source>The keyring that is set up here is not the operating system&apos;s, so IDs cannot be kept safely.</source>
        <translation>Der hier eingerichtete Schlüsselbund ist nicht der des Betriebssystems, IDs sind dort also nicht sicher.</translation>
    </message>
    <message>
        <source>Remove the setting that chooses it (PYTHON_KEYRING_BACKEND or keyringrc.cfg), or use the IDs for this session only.</source>
        <translation>Die Einstellung entfernen, die ihn wählt (PYTHON_KEYRING_BACKEND oder keyringrc.cfg), oder die IDs nur für diese Sitzung verwenden.</translation>
    </message>
    <message>
        <source>The keyring is locked, or the question for its password was cancelled.</source>
        <translation>Der Schlüsselbund ist gesperrt, oder die Frage nach seinem Passwort wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Something went wrong.</source>
        <translation>Etwas ist schiefgegangen.</translation>
    </message>
    <message>
        <source>Try again; if it happens again, copy the details into a bug report.</source>
        <translation>Noch einmal versuchen; passiert es wieder, die Details in eine Fehlermeldung kopieren.</translation>
    </message>
    <message>
        <source>The scenario file has mistakes.</source>
        <translation>Die Szenariodatei hat Fehler.</translation>
    </message>
    <message>
        <source>Correct each place that is named, then run it again.</source>
        <translation>Jede genannte Stelle berichtigen, dann noch einmal ausführen.</translation>
    </message>
    <message>
        <source>That is not a proxy&apos;s address.</source>
        <translation>Das ist keine Adresse eines Proxys.</translation>
    </message>
    <message>
        <source>Write it as in http://proxy.example:3128 or socks5h://proxy.example:1080.</source>
        <translation>Schreiben wie http://proxy.example:3128 oder socks5h://proxy.example:1080.</translation>
    </message>
    <message>
        <source>Correct it under limits in the settings file, or take it out: then the default applies.</source>
        <translation>In der Einstellungsdatei unter limits berichtigen oder herausnehmen: Dann gilt der Standard.</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>Die Datei ist leer.</translation>
    </message>
    <message>
        <source>Choose a file with content.</source>
        <translation>Eine Datei mit Inhalt wählen.</translation>
    </message>
    <message>
        <source>The file is too large for this deployment.</source>
        <translation>Die Datei ist zu groß für dieses Deployment.</translation>
    </message>
    <message>
        <source>Choose a smaller file.</source>
        <translation>Eine kleinere Datei wählen.</translation>
    </message>
    <message>
        <source>This deployment does not allow files of this type.</source>
        <translation>Dieses Deployment erlaubt keine Dateien dieses Typs.</translation>
    </message>
    <message>
        <source>Choose another type, or allow it in the supported content profile.</source>
        <translation>Einen anderen Typ wählen oder ihn im Supported-Content-Profil erlauben.</translation>
    </message>
    <message>
        <source>The file&apos;s name cannot be sent.</source>
        <translation>Der Name der Datei kann nicht gesendet werden.</translation>
    </message>
    <message>
        <source>Give the file a plain name with an extension.</source>
        <translation>Der Datei einen einfachen Namen mit Endung geben.</translation>
    </message>
    <message>
        <source>This deployment does not let customers send files.</source>
        <translation>Dieses Deployment lässt Kunden keine Dateien senden.</translation>
    </message>
    <message>
        <source>Turn on attachments in the messenger configuration, or describe the file in words.</source>
        <translation>Anhänge in der Messenger-Konfiguration einschalten oder die Datei in Worten beschreiben.</translation>
    </message>
    <message>
        <source>That is not possible right now.</source>
        <translation>Das geht gerade nicht.</translation>
    </message>
    <message>
        <source>Wait until the chat is ready, or start a new one.</source>
        <translation>Warten, bis der Chat bereit ist, oder einen neuen starten.</translation>
    </message>
    <message>
        <source>The connection could not be made.</source>
        <translation>Die Verbindung kam nicht zustande.</translation>
    </message>
    <message>
        <source>Check the network and the environment&apos;s region, then try again.</source>
        <translation>Netzwerk und Region der Umgebung prüfen, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The host name could not be found.</source>
        <translation>Der Hostname wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>Check the region or endpoint, and whether this computer is online.</source>
        <translation>Region oder Endpunkt prüfen, und ob dieser Computer online ist.</translation>
    </message>
    <message>
        <source>Nothing answers at that address.</source>
        <translation>Unter dieser Adresse antwortet nichts.</translation>
    </message>
    <message>
        <source>Check the endpoint and port, the firewall, and whether this computer is online.</source>
        <translation>Endpunkt und Port prüfen, die Firewall, und ob dieser Computer online ist.</translation>
    </message>
    <message>
        <source>The secure connection could not be verified.</source>
        <translation>Die sichere Verbindung konnte nicht geprüft werden.</translation>
    </message>
    <message>
        <source>Check the clock. If a company proxy signs connections, its certificate belongs in the system store.</source>
        <translation>Die Uhr prüfen. Signiert ein Firmen-Proxy die Verbindungen, gehört sein Zertifikat in den Speicher des Systems.</translation>
    </message>
    <message>
        <source>The proxy did not let the connection through.</source>
        <translation>Der Proxy hat die Verbindung nicht durchgelassen.</translation>
    </message>
    <message>
        <source>Check the system&apos;s proxy settings and whether the proxy asks for a password.</source>
        <translation>Die Proxy-Einstellungen des Systems prüfen, und ob der Proxy ein Passwort verlangt.</translation>
    </message>
    <message>
        <source>The proxy asks for a user and password.</source>
        <translation>Der Proxy verlangt Benutzer und Passwort.</translation>
    </message>
    <message>
        <source>The proxy refused the user and password.</source>
        <translation>Der Proxy hat Benutzer und Passwort abgelehnt.</translation>
    </message>
    <message>
        <source>The proxy wants a sign-in of a kind that gcdesk cannot do.</source>
        <translation>Der Proxy verlangt eine Art der Anmeldung, die gcdesk nicht kann.</translation>
    </message>
    <message>
        <source>Ask whoever runs the proxy to let this computer through or to offer Basic, or run a small local proxy that signs in for you and put its address into the system&apos;s proxy settings.</source>
        <translation>Den Betreiber des Proxys bitten, diesen Computer durchzulassen oder Basic anzubieten, oder einen kleinen lokalen Proxy betreiben, der die Anmeldung übernimmt, und dessen Adresse in den Proxy-Einstellungen des Systems eintragen.</translation>
    </message>
    <message>
        <source>The connection did not open in time.</source>
        <translation>Die Verbindung kam nicht rechtzeitig zustande.</translation>
    </message>
    <message>
        <source>Check the network, the firewall and the proxy, then try again.</source>
        <translation>Netzwerk, Firewall und Proxy prüfen, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The connection was lost.</source>
        <translation>Die Verbindung ging verloren.</translation>
    </message>
    <message>
        <source>Start the chat again; if it keeps breaking, check the network and the proxy.</source>
        <translation>Den Chat neu starten; bricht sie immer wieder ab, Netzwerk und Proxy prüfen.</translation>
    </message>
    <message>
        <source>The service sent a frame that is too large to be one of a chat.</source>
        <translation>Der Dienst hat einen Frame gesendet, der für einen Chat zu groß ist.</translation>
    </message>
    <message>
        <source>Check that the endpoint is a messaging service.</source>
        <translation>Prüfen, ob der Endpunkt ein Messaging-Dienst ist.</translation>
    </message>
    <message>
        <source>The service closed this connection: too many connections use the same session.</source>
        <translation>Der Dienst hat diese Verbindung geschlossen: Zu viele Verbindungen nutzen dieselbe Session.</translation>
    </message>
    <message>
        <source>Close other windows that resume this chat, then start again.</source>
        <translation>Andere Fenster schließen, die diesen Chat fortsetzen, dann neu starten.</translation>
    </message>
    <message>
        <source>What answers at that address does not speak WebSocket.</source>
        <translation>Was unter dieser Adresse antwortet, spricht kein WebSocket.</translation>
    </message>
    <message>
        <source>Check the endpoint and port; a proxy may also be answering in the service&apos;s place.</source>
        <translation>Endpunkt und Port prüfen; vielleicht antwortet auch ein Proxy anstelle des Dienstes.</translation>
    </message>
    <message>
        <source>What answers at that address does not speak HTTP as it should.</source>
        <translation>Was unter dieser Adresse antwortet, spricht HTTP nicht richtig.</translation>
    </message>
    <message>
        <source>The answer is larger than allowed.</source>
        <translation>Die Antwort ist größer als erlaubt.</translation>
    </message>
    <message>
        <source>Check that the address is the right one.</source>
        <translation>Prüfen, ob die Adresse die richtige ist.</translation>
    </message>
    <message>
        <source>The server refused the connection.</source>
        <translation>Der Server hat die Verbindung abgelehnt.</translation>
    </message>
    <message>
        <source>Check the region and the deployment ID; a proxy may also be blocking WebSockets.</source>
        <translation>Region und Deployment-ID prüfen; vielleicht sperrt auch ein Proxy WebSockets.</translation>
    </message>
    <message>
        <source>The server did not accept the connection request (400).</source>
        <translation>Der Server hat die Verbindungsanfrage nicht angenommen (400).</translation>
    </message>
    <message>
        <source>Check that the deployment ID is complete and belongs to this region.</source>
        <translation>Prüfen, ob die Deployment-ID vollständig ist und zu dieser Region gehört.</translation>
    </message>
    <message>
        <source>The server wants a sign-in for this connection (401).</source>
        <translation>Der Server verlangt eine Anmeldung für diese Verbindung (401).</translation>
    </message>
    <message>
        <source>Check that no proxy answers in the service&apos;s place, and that the deployment admits guests.</source>
        <translation>Prüfen, ob kein Proxy anstelle des Dienstes antwortet und ob das Deployment Gäste zulässt.</translation>
    </message>
    <message>
        <source>A web page answered in the service&apos;s place.</source>
        <translation>Anstelle des Dienstes hat eine Webseite geantwortet.</translation>
    </message>
    <message>
        <source>Open any page in a browser: the network may want you to sign in first. If it does not, ask whoever runs the network to let WebSockets to this host through.</source>
        <translation>Eine beliebige Seite im Browser öffnen: Vielleicht verlangt das Netzwerk erst eine Anmeldung. Wenn nicht, den Betreiber des Netzwerks bitten, WebSockets zu diesem Host durchzulassen.</translation>
    </message>
    <message>
        <source>Genesys Cloud refused the connection (403).</source>
        <translation>Genesys Cloud hat die Verbindung abgelehnt (403).</translation>
    </message>
    <message>
        <source>Check the deployment ID, that the deployment is active, and that its allowed domains include the Origin.</source>
        <translation>Prüfen: die Deployment-ID, ob das Deployment aktiv ist und ob seine erlaubten Domains den Origin enthalten.</translation>
    </message>
    <message>
        <source>There is no messaging service at that address (404).</source>
        <translation>Unter dieser Adresse gibt es keinen Messaging-Dienst (404).</translation>
    </message>
    <message>
        <source>Check the region or the custom endpoint.</source>
        <translation>Die Region oder den eigenen Endpunkt prüfen.</translation>
    </message>
    <message>
        <source>Too many connections were opened (429).</source>
        <translation>Es wurden zu viele Verbindungen geöffnet (429).</translation>
    </message>
    <message>
        <source>Wait for the countdown, then start again.</source>
        <translation>Den Countdown abwarten, dann neu starten.</translation>
    </message>
    <message>
        <source>The service is not available at the moment.</source>
        <translation>Der Dienst ist gerade nicht verfügbar.</translation>
    </message>
    <message>
        <source>Try again later, and check the Genesys Cloud status page for the region.</source>
        <translation>Später noch einmal versuchen und die Statusseite von Genesys Cloud für die Region ansehen.</translation>
    </message>
    <message>
        <source>The deployment is active.</source>
        <translation>Das Deployment ist aktiv.</translation>
    </message>
    <message>
        <source>The messenger is turned off.</source>
        <translation>Der Messenger ist ausgeschaltet.</translation>
    </message>
    <message>
        <source>Turn it on in the messenger configuration.</source>
        <translation>In der Messenger-Konfiguration einschalten.</translation>
    </message>
    <message>
        <source>Conversations are turned off.</source>
        <translation>Konversationen sind ausgeschaltet.</translation>
    </message>
    <message>
        <source>Turn them on in the messenger configuration.</source>
        <translation>In der Messenger-Konfiguration einschalten.</translation>
    </message>
    <message>
        <source>A new chat is joined at once.</source>
        <translation>Einem neuen Chat wird sofort beigetreten.</translation>
    </message>
    <message>
        <source>A new chat begins with the first message, which carries the attributes.</source>
        <translation>Ein neuer Chat beginnt mit der ersten Nachricht, die die Attribute trägt.</translation>
    </message>
    <message>
        <source>The customer cannot end a conversation, so a test chat may leave an agent waiting.</source>
        <translation>Der Kunde kann eine Konversation nicht beenden, ein Test-Chat kann also einen Agent warten lassen.</translation>
    </message>
    <message>
        <source>Turn on conversation clear, or give credentials so that gcdesk can end it.</source>
        <translation>Conversation Clear einschalten oder Zugangsdaten angeben, damit gcdesk sie beenden kann.</translation>
    </message>
    <message>
        <source>Customers may chat as guests and sign in later.</source>
        <translation>Kunden können als Gast chatten und sich später anmelden.</translation>
    </message>
    <message>
        <source>The deployment asks customers to sign in; a guest may not be able to write.</source>
        <translation>Das Deployment verlangt eine Anmeldung; ein Gast kann vielleicht nicht schreiben.</translation>
    </message>
    <message>
        <source>Sign in before the chat, or use a deployment that admits guests.</source>
        <translation>Vor dem Chat anmelden oder ein Deployment verwenden, das Gäste zulässt.</translation>
    </message>
    <message>
        <source>The service did not tell the time.</source>
        <translation>Der Dienst hat keine Uhrzeit genannt.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is right.</source>
        <translation>Die Uhr dieses Computers geht richtig.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is {seconds:.0f} seconds ahead of the service&apos;s.</source>
        <translation>Die Uhr dieses Computers geht {seconds:.0f} Sekunden gegenüber dem Dienst vor.</translation>
    </message>
    <message>
        <source>Let the system set the time; certificates and sign-ins fail with a wrong clock.</source>
        <translation>Die Zeit vom System stellen lassen; mit falscher Uhr scheitern Zertifikate und Anmeldungen.</translation>
    </message>
    <message>
        <source>If the connection is refused with 403, set the environment&apos;s Origin to an allowed domain.</source>
        <translation>Wird die Verbindung mit 403 abgelehnt, den Origin der Umgebung auf eine erlaubte Domain setzen.</translation>
    </message>
    <message>
        <source>Every domain may connect.</source>
        <translation>Jede Domain darf sich verbinden.</translation>
    </message>
    <message>
        <source>Tell whoever runs the host, or check this computer&apos;s date.</source>
        <translation>Dem Betreiber des Hosts Bescheid geben oder das Datum dieses Computers prüfen.</translation>
    </message>
    <message>
        <source>Without credentials gcdesk cannot prove that attributes arrive.</source>
        <translation>Ohne Zugangsdaten kann gcdesk nicht nachweisen, dass Attribute ankommen.</translation>
    </message>
    <message>
        <source>Add the ID and the secret of an OAuth client of the grant type client credentials.</source>
        <translation>ID und Secret eines OAuth-Clients mit Grant Type Client Credentials hinzufügen.</translation>
    </message>
    <message>
        <source>The OAuth client is accepted.</source>
        <translation>Der OAuth-Client wird angenommen.</translation>
    </message>
    <message>
        <source>Add the org ID to the environment, so that nobody tests in the wrong org.</source>
        <translation>Der Umgebung die Organisations-ID geben, damit niemand in der falschen Organisation testet.</translation>
    </message>
    <message>
        <source>The OAuth client may read messages and conversations.</source>
        <translation>Der OAuth-Client darf Nachrichten und Konversationen lesen.</translation>
    </message>
    <message>
        <source>The WebSocket opens.</source>
        <translation>Der WebSocket öffnet sich.</translation>
    </message>
    <message>
        <source>The service accepts a session.</source>
        <translation>Der Dienst nimmt eine Session an.</translation>
    </message>
    <message>
        <source>The fresh session is read-only.</source>
        <translation>Die frische Session ist schreibgeschützt.</translation>
    </message>
    <message>
        <source>Ask who configured the deployment.</source>
        <translation>Nachfragen, wer das Deployment konfiguriert hat.</translation>
    </message>
    <message>
        <source>The service answers in the session.</source>
        <translation>Der Dienst antwortet in der Session.</translation>
    </message>
    <message>
        <source>The proxy lets web pages through, but not WebSockets.</source>
        <translation>Der Proxy lässt Webseiten durch, WebSockets aber nicht.</translation>
    </message>
    <message>
        <source>Ask for WebSockets to be allowed to the messaging host, or use a network without that proxy.</source>
        <translation>Darum bitten, WebSockets zum Messaging-Host zu erlauben, oder ein Netzwerk ohne diesen Proxy verwenden.</translation>
    </message>
    <message>
        <source>The deployment&apos;s documents can be read, but the WebSocket does not open.</source>
        <translation>Die Dokumente des Deployments sind lesbar, der WebSocket öffnet sich aber nicht.</translation>
    </message>
    <message>
        <source>A firewall or an invisible proxy probably blocks WebSockets; ask for the messaging host to be allowed.</source>
        <translation>Wahrscheinlich sperrt eine Firewall oder ein unsichtbarer Proxy WebSockets; darum bitten, den Messaging-Host zu erlauben.</translation>
    </message>
    <message>
        <source>Genesys Cloud refused the connection (403), and its deployment is not known either.</source>
        <translation>Genesys Cloud hat die Verbindung abgelehnt (403), und das Deployment ist auch nicht bekannt.</translation>
    </message>
    <message>
        <source>Genesys Cloud refused the connection (403); the deployment is restricted to domains.</source>
        <translation>Genesys Cloud hat die Verbindung abgelehnt (403); das Deployment ist auf Domains eingeschränkt.</translation>
    </message>
    <message>
        <source>The service does not know the deployment (400).</source>
        <translation>Der Dienst kennt das Deployment nicht (400).</translation>
    </message>
    <message>
        <source>A deployment that is not active takes no chats.</source>
        <translation>Ein Deployment, das nicht aktiv ist, nimmt keine Chats an.</translation>
    </message>
    <message>
        <source>Check this computer&apos;s clock; if it is right, the server&apos;s certificate has to be renewed.</source>
        <translation>Die Uhr dieses Computers prüfen; geht sie richtig, muss das Zertifikat des Servers erneuert werden.</translation>
    </message>
    <message>
        <source>Set this computer&apos;s clock: it tells a time before gcdesk was installed.</source>
        <translation>Die Uhr dieses Computers stellen: Sie zeigt eine Zeit vor der Installation von gcdesk.</translation>
    </message>
    <message>
        <source>Check the deployment ID and the region; the chat goes on without its configuration.</source>
        <translation>Deployment-ID und Region prüfen; der Chat läuft ohne die Konfiguration weiter.</translation>
    </message>
    <message>
        <source>The chat goes on without it. Check the endpoint if the chat fails too.</source>
        <translation>Der Chat läuft ohne sie weiter. Scheitert auch er, den Endpunkt prüfen.</translation>
    </message>
    <message>
        <source>The service did not accept the key to the earlier messages (401).</source>
        <translation>Der Dienst hat den Schlüssel zu den früheren Nachrichten nicht angenommen (401).</translation>
    </message>
    <message>
        <source>The service does not give out the earlier messages (403).</source>
        <translation>Der Dienst gibt die früheren Nachrichten nicht heraus (403).</translation>
    </message>
    <message>
        <source>The service has no earlier messages at that address (404).</source>
        <translation>Der Dienst hat unter dieser Adresse keine früheren Nachrichten (404).</translation>
    </message>
    <message>
        <source>Earlier messages were asked for too often (429).</source>
        <translation>Frühere Nachrichten wurden zu oft angefragt (429).</translation>
    </message>
    <message>
        <source>You can close this page and go back to gcdesk.</source>
        <translation>Diese Seite kann geschlossen werden; weiter geht es in gcdesk.</translation>
    </message>
    <message>
        <source>Go back to gcdesk; it says what was wrong. You can close this page.</source>
        <translation>Weiter in gcdesk; dort steht, was falsch war. Diese Seite kann geschlossen werden.</translation>
    </message>
    <message>
        <source>Go back to gcdesk and start the sign-in again.</source>
        <translation>Zu gcdesk zurückkehren und die Anmeldung neu starten.</translation>
    </message>
    <message>
        <source>You can close this page.</source>
        <translation>Diese Seite kann geschlossen werden.</translation>
    </message>
    <message>
        <source>This computer&apos;s network changed.</source>
        <translation>Das Netzwerk dieses Computers hat sich geändert.</translation>
    </message>
    <message>
        <source>The network is back.</source>
        <translation>Das Netzwerk ist wieder da.</translation>
    </message>
    <message>
        <source>This computer&apos;s network address changed.</source>
        <translation>Die Netzwerkadresse dieses Computers hat sich geändert.</translation>
    </message>
    <message>
        <source>{kind} proxy {place}</source>
        <translation>{kind}-Proxy {place}</translation>
    </message>
    <message>
        <source>The proxy refused the user and password (407).</source>
        <translation>Der Proxy hat Benutzer und Passwort abgelehnt (407).</translation>
    </message>
    <message>
        <source>The proxy asks for a user and password (407).</source>
        <translation>Der Proxy verlangt Benutzer und Passwort (407).</translation>
    </message>
    <message>
        <source>{some} or {last}</source>
        <translation>{some} oder {last}</translation>
    </message>
    <message>
        <source>Check the environment&apos;s redirect address and client ID against the OpenID Connect integration.</source>
        <translation>Redirect-Adresse und Client-ID der Umgebung mit der OpenID-Connect-Integration vergleichen.</translation>
    </message>
    <message>
        <source>Check the OpenID Connect integration: its issuer, its client and the client&apos;s secret.</source>
        <translation>Die OpenID-Connect-Integration prüfen: Issuer, Client und Client-Secret.</translation>
    </message>
    <message>
        <source>Turn authentication on in the deployment&apos;s messenger configuration.</source>
        <translation>In der Messenger-Konfiguration des Deployments die Authentifizierung einschalten.</translation>
    </message>
    <message>
        <source>Check the deployment ID and the region, and that the deployment has an OpenID Connect integration.</source>
        <translation>Deployment-ID und Region prüfen, und ob das Deployment eine OpenID-Connect-Integration hat.</translation>
    </message>
    <message>
        <source>Wait a little, then sign in again.</source>
        <translation>Kurz warten, dann neu anmelden.</translation>
    </message>
    <message>
        <source>Ask whoever runs the proxy to allow connections to this host.</source>
        <translation>Den Betreiber des Proxys bitten, Verbindungen zu diesem Host zu erlauben.</translation>
    </message>
    <message>
        <source>Check the region or endpoint, and ask whoever runs the proxy whether it can reach it.</source>
        <translation>Region oder Endpunkt prüfen und den Betreiber des Proxys fragen, ob er ihn erreicht.</translation>
    </message>
    <message>
        <source>Check the system&apos;s proxy settings: the address, the port and the kind of proxy.</source>
        <translation>Die Proxy-Einstellungen des Systems prüfen: Adresse, Port und Art des Proxys.</translation>
    </message>
    <message>
        <source>The proxy failed to connect to {place}.</source>
        <translation>Dem Proxy gelang keine Verbindung zu {place}.</translation>
    </message>
    <message>
        <source>The proxy does not allow connections to {place}.</source>
        <translation>Der Proxy erlaubt keine Verbindungen zu {place}.</translation>
    </message>
    <message>
        <source>The proxy has no network that leads to {place}.</source>
        <translation>Der Proxy hat kein Netzwerk, das zu {place} führt.</translation>
    </message>
    <message>
        <source>The proxy cannot reach {place}.</source>
        <translation>Der Proxy erreicht {place} nicht.</translation>
    </message>
    <message>
        <source>The proxy found nothing that answers at {place}.</source>
        <translation>Der Proxy fand unter {place} nichts, was antwortet.</translation>
    </message>
    <message>
        <source>The proxy does not connect to other hosts.</source>
        <translation>Der Proxy verbindet nicht mit anderen Hosts.</translation>
    </message>
    <message>
        <source>The proxy does not take this kind of address.</source>
        <translation>Der Proxy nimmt diese Art Adresse nicht an.</translation>
    </message>
    <message>
        <source>The conversation has no customer yet, so nothing is known of participant data.</source>
        <translation>Die Konversation hat noch keinen Kunden, über Participant Data ist also nichts bekannt.</translation>
    </message>
    <message>
        <source>The file holds no customer&apos;s participant data.</source>
        <translation>Die Datei enthält keine Participant Data eines Kunden.</translation>
    </message>
    <message>
        <source>Qt is not installed, so there is no window.</source>
        <translation>Qt ist nicht installiert, darum gibt es kein Fenster.</translation>
    </message>
    <message>
        <source>Install gcdesk again, with its dependencies.</source>
        <translation>gcdesk mit seinen Abhängigkeiten neu installieren.</translation>
    </message>
    <message>
        <source>Start the window and see.</source>
        <translation>Das Fenster starten und nachsehen.</translation>
    </message>
    <message>
        <source>There is a display for the window.</source>
        <translation>Es gibt einen Bildschirm für das Fenster.</translation>
    </message>
    <message>
        <source>Look at the settings file, or add the environment again.</source>
        <translation>Die Einstellungsdatei ansehen oder die Umgebung neu hinzufügen.</translation>
    </message>
    <message>
        <source>The settings can be read; they hold one environment.</source>
        <translation>Die Einstellungen sind lesbar; sie enthalten eine Umgebung.</translation>
    </message>
    <message>
        <source>The environment has both a region and a custom endpoint.</source>
        <translation>Die Umgebung hat eine Region und einen eigenen Endpunkt.</translation>
    </message>
    <message>
        <source>The environment has no region and no custom endpoint.</source>
        <translation>Die Umgebung hat weder Region noch eigenen Endpunkt.</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Origin</translation>
    </message>
    <message>
        <source>key of the CRM customer ID</source>
        <translation>Schlüssel der CRM-Kunden-ID</translation>
    </message>
    <message>
        <source>first message</source>
        <translation>Erste Nachricht</translation>
    </message>
    <message>
        <source>The file {name} could not be saved.</source>
        <translation>Die Datei {name} konnte nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>The file {name} cannot be read.</source>
        <translation>Die Datei {name} kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The file is far too large to hold environments only.</source>
        <translation>Die Datei ist viel zu groß, um nur Umgebungen zu enthalten.</translation>
    </message>
    <message>
        <source>The file is not JSON in UTF-8.</source>
        <translation>Die Datei ist kein JSON in UTF-8.</translation>
    </message>
    <message>
        <source>The file was made by a version of gcdesk that this one does not understand.</source>
        <translation>Die Datei stammt von einer gcdesk-Version, die diese nicht versteht.</translation>
    </message>
    <message>
        <source>Use the newer gcdesk, or export the environments again with this one.</source>
        <translation>Das neuere gcdesk verwenden oder die Umgebungen mit diesem noch einmal exportieren.</translation>
    </message>
    <message>
        <source>The file holds two environments named {name}.</source>
        <translation>Die Datei enthält zwei Umgebungen namens {name}.</translation>
    </message>
    <message>
        <source>Rename one of them.</source>
        <translation>Eine davon umbenennen.</translation>
    </message>
    <message>
        <source>{name} was left out: its address holds an ID or a secret.</source>
        <translation>{name} wurde weggelassen: Die Adresse enthält eine ID oder ein Geheimnis.</translation>
    </message>
    <message>
        <source>The {field} of {name} was left out, since it holds an ID or a secret.</source>
        <translation>{field} von {name} wurde weggelassen, da eine ID oder ein Geheimnis darin steht.</translation>
    </message>
    <message>
        <source>The default attribute {key} of {name} was left out, since it holds an ID or a secret.</source>
        <translation>Das Standardattribut {key} von {name} wurde weggelassen, da eine ID oder ein Geheimnis darin steht.</translation>
    </message>
    <message>
        <source>How customers sign in to {name} was left out.</source>
        <translation>Wie sich Kunden bei {name} anmelden, wurde weggelassen.</translation>
    </message>
    <message>
        <source>Entry {number} of the file is no environment.</source>
        <translation>Eintrag {number} der Datei ist keine Umgebung.</translation>
    </message>
    <message>
        <source>Entry {number} of the file, {name}, cannot be used.</source>
        <translation>Eintrag {number} der Datei, {name}, ist nicht verwendbar.</translation>
    </message>
    <message>
        <source>{title} {hint}</source>
        <translation>{title} {hint}</translation>
    </message>
    <message>
        <source>Entry {number} of the file cannot be used: {field} is no text.</source>
        <translation>Eintrag {number} der Datei ist nicht verwendbar: {field} ist kein Text.</translation>
    </message>
    <message>
        <source>Entry {number} of the file cannot be used: its attributes are not texts.</source>
        <translation>Eintrag {number} der Datei ist nicht verwendbar: Seine Attribute sind keine Texte.</translation>
    </message>
    <message>
        <source>The environment {name} in the settings file cannot be used. {why}</source>
        <translation>Die Umgebung {name} in der Einstellungsdatei ist nicht verwendbar. {why}</translation>
    </message>
    <message>
        <source>An environment in the settings file cannot be used. {why}</source>
        <translation>Eine Umgebung in der Einstellungsdatei ist nicht verwendbar. {why}</translation>
    </message>
    <message>
        <source>Add one with gcdesk env add, or in the window.</source>
        <translation>Mit gcdesk env add oder im Fenster eine hinzufügen.</translation>
    </message>
    <message>
        <source>Give the link to gcdesk open instead, in quotes.</source>
        <translation>Den Link stattdessen in Anführungszeichen an gcdesk open geben.</translation>
    </message>
    <message>
        <source>The program is known to the desktop in {path}, but not as the one for its links.</source>
        <translation>Der Desktop kennt das Programm aus {path}, aber nicht als das für seine Links.</translation>
    </message>
    <message>
        <source>Install xdg-utils and try again, or choose gcdesk for {kind} yourself.</source>
        <translation>xdg-utils installieren und noch einmal versuchen, oder gcdesk selbst für {kind} wählen.</translation>
    </message>
    <message>
        <source>Links of gcdesk could not be registered: {where} cannot be changed.</source>
        <translation>Links von gcdesk ließen sich nicht anmelden: {where} lässt sich nicht ändern.</translation>
    </message>
    <message>
        <source>Check it, then try again: {reason}.</source>
        <translation>Prüfen und noch einmal versuchen: {reason}.</translation>
    </message>
    <message>
        <source>Write it as in gcdesk://start?env=UAT&amp;crm=CUST-12345.</source>
        <translation>So schreiben: gcdesk://start?env=UAT&amp;crm=CUST-12345.</translation>
    </message>
    <message>
        <source>The environment&apos;s name is too long or holds a hidden character.</source>
        <translation>Der Name der Umgebung ist zu lang oder enthält ein verborgenes Zeichen.</translation>
    </message>
    <message>
        <source>The link is longer than {limit:,} characters.</source>
        <translation>Der Link ist länger als {limit:,} Zeichen.</translation>
    </message>
    <message>
        <source>Shorten what it carries.</source>
        <translation>Den Inhalt kürzen.</translation>
    </message>
    <message>
        <source>The link cannot be read.</source>
        <translation>Der Link lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>The link does not ask for a chat.</source>
        <translation>Der Link bittet nicht um einen Chat.</translation>
    </message>
    <message>
        <source>The link gives the attribute {key} twice.</source>
        <translation>Der Link nennt das Attribut {key} zweimal.</translation>
    </message>
    <message>
        <source>The link gives {name} twice.</source>
        <translation>Der Link nennt {name} zweimal.</translation>
    </message>
    <message>
        <source>The link holds the unknown word {name}.</source>
        <translation>Der Link enthält das unbekannte Wort {name}.</translation>
    </message>
    <message>
        <source>Another program called the window in words that it does not know.</source>
        <translation>Ein anderes Programm hat das Fenster mit Worten gerufen, die es nicht kennt.</translation>
    </message>
    <message>
        <source>The settings file {path} could not be written ({reason}).</source>
        <translation>Die Einstellungsdatei {path} konnte nicht geschrieben werden ({reason}).</translation>
    </message>
    <message>
        <source>The settings file {path} could not be read ({reason}).</source>
        <translation>Die Einstellungsdatei {path} konnte nicht gelesen werden ({reason}).</translation>
    </message>
    <message>
        <source>Edit the environment and enter them.</source>
        <translation>Die Umgebung bearbeiten und sie eingeben.</translation>
    </message>
    <message>
        <source>The file holds no environments of gcdesk.</source>
        <translation>Die Datei enthält keine Umgebungen von gcdesk.</translation>
    </message>
    <message>
        <source>Choose a file that gcdesk has exported.</source>
        <translation>Eine Datei wählen, die gcdesk exportiert hat.</translation>
    </message>
    <message>
        <source>The link cannot be used.</source>
        <translation>Der Link lässt sich nicht verwenden.</translation>
    </message>
    <message>
        <source>The service did not answer in time.</source>
        <translation>Der Dienst hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>Try again; if it keeps silent, check the network and the deployment.</source>
        <translation>Noch einmal versuchen; bleibt er stumm, Netzwerk und Deployment prüfen.</translation>
    </message>
    <message>
        <source>The session was not configured in time.</source>
        <translation>Die Session wurde nicht rechtzeitig konfiguriert.</translation>
    </message>
    <message>
        <source>The connection is open but the service stayed silent. Check that the endpoint is right, then try again.</source>
        <translation>Die Verbindung steht, aber der Dienst blieb stumm. Prüfen, ob der Endpunkt stimmt, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The transfer came to a standstill.</source>
        <translation>Die Übertragung kam zum Stillstand.</translation>
    </message>
    <message>
        <source>Check the network and the proxy, then try again.</source>
        <translation>Netzwerk und Proxy prüfen, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The service did not answer about the file in time.</source>
        <translation>Der Dienst hat zur Datei nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>Try the file again; if it keeps failing, check the network and the deployment.</source>
        <translation>Die Datei noch einmal versuchen; scheitert sie immer wieder, Netzwerk und Deployment prüfen.</translation>
    </message>
    <message>
        <source>No reply came in time.</source>
        <translation>Es kam rechtzeitig keine Antwort.</translation>
    </message>
    <message>
        <source>Check that the deployment&apos;s flow answers this message, or allow more time.</source>
        <translation>Prüfen, ob der Flow des Deployments diese Nachricht beantwortet, oder mehr Zeit geben.</translation>
    </message>
    <message>
        <source>The storage did not take the file.</source>
        <translation>Der Speicher hat die Datei nicht angenommen.</translation>
    </message>
    <message>
        <source>Try the file again; if it keeps failing, check the proxy and the file.</source>
        <translation>Die Datei noch einmal versuchen; scheitert sie immer wieder, Proxy und Datei prüfen.</translation>
    </message>
    <message>
        <source>The chat ended before the file was sent.</source>
        <translation>Der Chat endete, bevor die Datei gesendet war.</translation>
    </message>
    <message>
        <source>Send the file in another chat.</source>
        <translation>Die Datei in einem anderen Chat senden.</translation>
    </message>
    <message>
        <source>The file could not be fetched.</source>
        <translation>Die Datei konnte nicht abgerufen werden.</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>Später noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The link to the file has expired.</source>
        <translation>Der Link zur Datei ist abgelaufen.</translation>
    </message>
    <message>
        <source>Fetch the file while the chat is open, which gives it a fresh link.</source>
        <translation>Die Datei abrufen, solange der Chat offen ist; das gibt ihr einen frischen Link.</translation>
    </message>
    <message>
        <source>What was fetched is not a picture that can be shown.</source>
        <translation>Was abgerufen wurde, ist kein Bild, das gezeigt werden kann.</translation>
    </message>
    <message>
        <source>Save it as a file instead, and look at it with care.</source>
        <translation>Stattdessen als Datei speichern und mit Vorsicht ansehen.</translation>
    </message>
    <message>
        <source>The service did not begin a new chat.</source>
        <translation>Der Dienst hat keinen neuen Chat begonnen.</translation>
    </message>
    <message>
        <source>Leave this chat and start another one.</source>
        <translation>Diesen Chat verlassen und einen anderen starten.</translation>
    </message>
    <message>
        <source>The service did not confirm the end of the conversation.</source>
        <translation>Der Dienst hat das Ende der Konversation nicht bestätigt.</translation>
    </message>
    <message>
        <source>It may still be open for the agent; look it up in Genesys Cloud.</source>
        <translation>Für den Agent ist sie vielleicht noch offen; in Genesys Cloud nachsehen.</translation>
    </message>
    <message>
        <source>The earlier messages could not be read.</source>
        <translation>Die früheren Nachrichten konnten nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The chat goes on without them; try again later.</source>
        <translation>Der Chat läuft ohne sie weiter; später noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The deployment is not active.</source>
        <translation>Das Deployment ist nicht aktiv.</translation>
    </message>
    <message>
        <source>Activate it under Admin, Message, Messenger Deployments, or choose another environment.</source>
        <translation>Unter Admin, Nachricht, Messenger-Deployments aktivieren oder eine andere Umgebung wählen.</translation>
    </message>
    <message>
        <source>The deployment&apos;s configuration could not be read.</source>
        <translation>Die Konfiguration des Deployments konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The chat goes on without it. If it fails too, check the deployment ID and the region.</source>
        <translation>Der Chat läuft ohne sie weiter. Scheitert auch er, Deployment-ID und Region prüfen.</translation>
    </message>
    <message>
        <source>A web page answered instead of the deployment&apos;s configuration.</source>
        <translation>Statt der Konfiguration des Deployments hat eine Webseite geantwortet.</translation>
    </message>
    <message>
        <source>Open any page in a browser: the network may want you to sign in first. The chat goes on without the configuration.</source>
        <translation>Eine beliebige Seite im Browser öffnen: Vielleicht verlangt das Netzwerk erst eine Anmeldung. Der Chat läuft ohne die Konfiguration weiter.</translation>
    </message>
    <message>
        <source>The service refused a request.</source>
        <translation>Der Dienst hat eine Anfrage abgelehnt.</translation>
    </message>
    <message>
        <source>Look at the frame and the service&apos;s answer in the frames list.</source>
        <translation>Den Frame und die Antwort des Dienstes in der Frame-Liste ansehen.</translation>
    </message>
    <message>
        <source>The customer could not be signed in.</source>
        <translation>Der Kunde konnte nicht angemeldet werden.</translation>
    </message>
    <message>
        <source>Try again; if it happens again, check the environment&apos;s sign-in settings.</source>
        <translation>Noch einmal versuchen; passiert es wieder, die Anmelde-Einstellungen der Umgebung prüfen.</translation>
    </message>
    <message>
        <source>No browser could be opened for the sign-in.</source>
        <translation>Für die Anmeldung konnte kein Browser geöffnet werden.</translation>
    </message>
    <message>
        <source>Open the address by hand in a browser on this computer.</source>
        <translation>Die Adresse in einem Browser auf diesem Computer von Hand öffnen.</translation>
    </message>
    <message>
        <source>The port for the sign-in&apos;s answer is in use by another program.</source>
        <translation>Der Port für die Antwort der Anmeldung wird von einem anderen Programm benutzt.</translation>
    </message>
    <message>
        <source>End that program, or register another redirect address with the provider.</source>
        <translation>Dieses Programm beenden oder beim Anbieter eine andere Redirect-Adresse registrieren.</translation>
    </message>
    <message>
        <source>Nobody signed in in time.</source>
        <translation>Niemand hat sich rechtzeitig angemeldet.</translation>
    </message>
    <message>
        <source>Start the sign-in again, and finish it in the page that the browser opens.</source>
        <translation>Die Anmeldung neu starten und auf der Seite abschließen, die der Browser öffnet.</translation>
    </message>
    <message>
        <source>The sign-in was cancelled in the browser, or the provider did not allow it.</source>
        <translation>Die Anmeldung wurde im Browser abgebrochen oder vom Anbieter nicht erlaubt.</translation>
    </message>
    <message>
        <source>Start it again if that was a slip; if not, ask whoever runs the identity provider.</source>
        <translation>War es ein Versehen, neu starten; sonst den Betreiber des Identity Providers fragen.</translation>
    </message>
    <message>
        <source>The identity provider refused the sign-in.</source>
        <translation>Der Identity Provider hat die Anmeldung abgelehnt.</translation>
    </message>
    <message>
        <source>Check the environment&apos;s client ID, scopes and redirect address against those at the provider.</source>
        <translation>Client-ID, Scopes und Redirect-Adresse der Umgebung mit denen beim Anbieter vergleichen.</translation>
    </message>
    <message>
        <source>The browser brought an answer to another sign-in, so it was refused.</source>
        <translation>Der Browser brachte die Antwort auf eine andere Anmeldung, sie wurde darum abgelehnt.</translation>
    </message>
    <message>
        <source>Close older sign-in pages, then start again.</source>
        <translation>Ältere Anmeldeseiten schließen, dann neu starten.</translation>
    </message>
    <message>
        <source>Genesys Cloud did not accept the sign-in.</source>
        <translation>Genesys Cloud hat die Anmeldung nicht angenommen.</translation>
    </message>
    <message>
        <source>Check the deployment&apos;s OpenID Connect integration and the environment&apos;s redirect address.</source>
        <translation>Die OpenID-Connect-Integration des Deployments und die Redirect-Adresse der Umgebung prüfen.</translation>
    </message>
    <message>
        <source>The sign-in has run out.</source>
        <translation>Die Anmeldung ist abgelaufen.</translation>
    </message>
    <message>
        <source>What answered the sign-in holds no JWT.</source>
        <translation>Was auf die Anmeldung geantwortet hat, enthält kein JWT.</translation>
    </message>
    <message>
        <source>Check the environment&apos;s region or endpoint.</source>
        <translation>Region oder Endpunkt der Umgebung prüfen.</translation>
    </message>
    <message>
        <source>Nobody is signed in.</source>
        <translation>Niemand ist angemeldet.</translation>
    </message>
    <message>
        <source>Sign in first.</source>
        <translation>Zuerst anmelden.</translation>
    </message>
    <message>
        <source>This deployment only takes messages from customers who have signed in.</source>
        <translation>Dieses Deployment nimmt nur Nachrichten von angemeldeten Kunden an.</translation>
    </message>
    <message>
        <source>Sign in, then start the chat as a signed-in customer.</source>
        <translation>Anmelden, dann den Chat als angemeldeter Kunde starten.</translation>
    </message>
    <message>
        <source>The Platform API did not answer as needed.</source>
        <translation>Die Platform API hat nicht wie nötig geantwortet.</translation>
    </message>
    <message>
        <source>Check the environment with the doctor.</source>
        <translation>Die Umgebung mit der Prüfung untersuchen.</translation>
    </message>
    <message>
        <source>Genesys Cloud did not accept the client ID with its secret.</source>
        <translation>Genesys Cloud hat die Client-ID mit ihrem Secret nicht angenommen.</translation>
    </message>
    <message>
        <source>Check both, and that the OAuth client is of the grant type client credentials and of this region.</source>
        <translation>Beide prüfen, und ob der OAuth-Client den Grant Type Client Credentials hat und zu dieser Region gehört.</translation>
    </message>
    <message>
        <source>The OAuth client lacks a permission.</source>
        <translation>Dem OAuth-Client fehlt eine Berechtigung.</translation>
    </message>
    <message>
        <source>Give the client a role that has it, for the division of the conversation.</source>
        <translation>Dem Client eine Rolle geben, die sie hat, für die Division der Konversation.</translation>
    </message>
    <message>
        <source>Genesys Cloud does not know this conversation or message.</source>
        <translation>Genesys Cloud kennt diese Konversation oder Nachricht nicht.</translation>
    </message>
    <message>
        <source>Check the ID, and that it belongs to this org; a new one can take some seconds to appear.</source>
        <translation>Die ID prüfen, und ob sie zu dieser Organisation gehört; eine neue erscheint manchmal erst nach einigen Sekunden.</translation>
    </message>
    <message>
        <source>The Platform API has had too many requests from this OAuth client (429).</source>
        <translation>Die Platform API hat zu viele Anfragen von diesem OAuth-Client bekommen (429).</translation>
    </message>
    <message>
        <source>Wait a minute; use an OAuth client of its own for gcdesk.</source>
        <translation>Eine Minute warten; für gcdesk einen eigenen OAuth-Client verwenden.</translation>
    </message>
    <message>
        <source>The Platform API is not available at the moment.</source>
        <translation>Die Platform API ist gerade nicht verfügbar.</translation>
    </message>
    <message>
        <source>It could not be found out whether the custom attributes became participant data.</source>
        <translation>Es ließ sich nicht feststellen, ob die Custom Attributes zu Participant Data wurden.</translation>
    </message>
    <message>
        <source>The credentials belong to another org than this environment.</source>
        <translation>Die Zugangsdaten gehören zu einer anderen Organisation als diese Umgebung.</translation>
    </message>
    <message>
        <source>Check which org the test is meant for before you go on.</source>
        <translation>Vor dem Weitermachen prüfen, für welche Organisation der Test gedacht ist.</translation>
    </message>
    <message>
        <source>No earlier chat of this customer is kept here.</source>
        <translation>Von diesem Kunden ist hier kein früherer Chat behalten.</translation>
    </message>
    <message>
        <source>Start a new chat, without resuming one.</source>
        <translation>Einen neuen Chat starten, ohne einen fortzusetzen.</translation>
    </message>
    <message>
        <source>The custom attributes did not reach the service before the chat ended.</source>
        <translation>Die Custom Attributes erreichten den Dienst nicht, bevor der Chat endete.</translation>
    </message>
    <message>
        <source>Let the customer say something, or join the conversation: one of the two carries them.</source>
        <translation>Den Kunden etwas sagen lassen oder der Konversation beitreten: Eins von beiden trägt sie.</translation>
    </message>
    <message>
        <source>The custom attributes did not all become participant data as they were sent.</source>
        <translation>Nicht alle Custom Attributes wurden so zu Participant Data, wie sie gesendet wurden.</translation>
    </message>
    <message>
        <source>Look at what was found for each of them, and at the flow that reads them.</source>
        <translation>Ansehen, was zu jedem gefunden wurde, und den Flow, der sie liest.</translation>
    </message>
    <message>
        <source>Wait a moment and try again, or end it and start it anew.</source>
        <translation>Kurz warten und noch einmal versuchen, oder es beenden und neu starten.</translation>
    </message>
    <message>
        <source>Links of gcdesk could not be registered.</source>
        <translation>Links von gcdesk ließen sich nicht anmelden.</translation>
    </message>
    <message>
        <source>Open a chat with gcdesk open instead.</source>
        <translation>Stattdessen einen Chat mit gcdesk open öffnen.</translation>
    </message>
    <message>
        <source>No usable keyring was found, so IDs cannot be kept.</source>
        <translation>Es wurde kein verwendbarer Schlüsselbund gefunden, darum können IDs nicht behalten werden.</translation>
    </message>
    <message>
        <source>Install or unlock a keyring such as GNOME Keyring or KWallet, or use the IDs for this session only.</source>
        <translation>Einen Schlüsselbund wie GNOME Keyring oder KWallet installieren oder entsperren, oder die IDs nur für diese Sitzung verwenden.</translation>
    </message>
    <message>
        <source>The keyring did not answer the request.</source>
        <translation>Der Schlüsselbund hat nicht reagiert.</translation>
    </message>
    <message>
        <source>Unlock the keyring and try again.</source>
        <translation>Den Schlüsselbund entsperren und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The settings file could not be used.</source>
        <translation>Die Einstellungsdatei war nicht verwendbar.</translation>
    </message>
    <message>
        <source>Check that the file and its folder can be read and written.</source>
        <translation>Prüfen, ob Datei und Ordner gelesen und geschrieben werden können.</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>Die Datei kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Check that it is still there and that you may read it.</source>
        <translation>Prüfen, ob sie noch da ist und gelesen werden darf.</translation>
    </message>
    <message>
        <source>The file changed while it was being sent.</source>
        <translation>Die Datei hat sich während des Sendens geändert.</translation>
    </message>
    <message>
        <source>Attach it again, once nothing writes to it any more.</source>
        <translation>Neu anhängen, sobald nichts mehr in sie schreibt.</translation>
    </message>
    <message>
        <source>The file could not be saved.</source>
        <translation>Die Datei konnte nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>Check that the folder is there, can be written, and has room.</source>
        <translation>Prüfen, ob der Ordner da ist, beschrieben werden kann und Platz hat.</translation>
    </message>
    <message>
        <source>The history of chats could not be used.</source>
        <translation>Der Chat-Verlauf war nicht verwendbar.</translation>
    </message>
    <message>
        <source>Check that its folder can be read and written. Chats work without it.</source>
        <translation>Prüfen, ob sein Ordner gelesen und geschrieben werden kann. Chats gehen auch ohne ihn.</translation>
    </message>
    <message>
        <source>The disk is full, so this chat is not being written to the history.</source>
        <translation>Der Datenträger ist voll, dieser Chat wird darum nicht in den Verlauf geschrieben.</translation>
    </message>
    <message>
        <source>Make room. What happened meanwhile is written as soon as there is some.</source>
        <translation>Platz schaffen. Was inzwischen geschah, wird geschrieben, sobald es geht.</translation>
    </message>
    <message>
        <source>Another program holds the history file, so it could not be used.</source>
        <translation>Ein anderes Programm hält die Verlaufsdatei, sie war darum nicht verwendbar.</translation>
    </message>
    <message>
        <source>Close other programs that have it open. What happened meanwhile is written when it is free.</source>
        <translation>Andere Programme schließen, die sie geöffnet haben. Was inzwischen geschah, wird geschrieben, sobald sie frei ist.</translation>
    </message>
    <message>
        <source>The history file is damaged.</source>
        <translation>Die Verlaufsdatei ist beschädigt.</translation>
    </message>
    <message>
        <source>When the next chat starts, it is kept under another name and a fresh one is begun.</source>
        <translation>Beim nächsten Chat wird sie unter anderem Namen aufgehoben und eine neue begonnen.</translation>
    </message>
    <message>
        <source>The history file was written by a newer version of gcdesk.</source>
        <translation>Die Verlaufsdatei stammt von einer neueren Version von gcdesk.</translation>
    </message>
    <message>
        <source>Update gcdesk. Until then nothing in that file is changed.</source>
        <translation>gcdesk aktualisieren. Bis dahin wird in dieser Datei nichts geändert.</translation>
    </message>
    <message>
        <source>An attribute&apos;s value is null.</source>
        <translation>Der Wert eines Attributs ist null.</translation>
    </message>
    <message>
        <source>Give it a value, or leave it out.</source>
        <translation>Einen Wert geben oder weglassen.</translation>
    </message>
    <message>
        <source>An attribute&apos;s value cannot be written as JSON.</source>
        <translation>Der Wert eines Attributs lässt sich nicht als JSON schreiben.</translation>
    </message>
    <message>
        <source>Use text, numbers, true, false, lists or objects.</source>
        <translation>Text, Zahlen, true, false, Listen oder Objekte verwenden.</translation>
    </message>
    <message>
        <source>The CRM customer ID is empty.</source>
        <translation>Die CRM-Kunden-ID ist leer.</translation>
    </message>
    <message>
        <source>Type the customer&apos;s ID.</source>
        <translation>Die ID des Kunden eingeben.</translation>
    </message>
    <message>
        <source>The CRM customer ID is blank.</source>
        <translation>Die CRM-Kunden-ID besteht nur aus Leerzeichen.</translation>
    </message>
    <message>
        <source>Delete it; copying from a table often adds one.</source>
        <translation>Löschen; beim Kopieren aus einer Tabelle kommt so etwas oft mit.</translation>
    </message>
    <message>
        <source>The CRM customer ID holds {problem}.</source>
        <translation>Die CRM-Kunden-ID enthält {problem}.</translation>
    </message>
    <message>
        <source>Shorten or remove some attributes.</source>
        <translation>Einige Attribute kürzen oder entfernen.</translation>
    </message>
    <message>
        <source>The custom attributes take {size:,} bytes as JSON ({pairs:,} in keys and values); Genesys Cloud allows {limit:,}.</source>
        <translation>Die Custom Attributes brauchen {size:,} Byte als JSON ({pairs:,} in Schlüsseln und Werten); Genesys Cloud erlaubt {limit:,}.</translation>
    </message>
    <message>
        <source>Write it as in orderNumber=88213.</source>
        <translation>Schreiben wie orderNumber=88213.</translation>
    </message>
    <message>
        <source>“{text}” is not KEY=VALUE.</source>
        <translation>„{text}“ ist nicht SCHLÜSSEL=WERT.</translation>
    </message>
    <message>
        <source>Correct the text at line {line}, column {column}, or write it anew.</source>
        <translation>Den Text in Zeile {line}, Spalte {column} berichtigen oder neu schreiben.</translation>
    </message>
    <message>
        <source>The attributes are not valid JSON.</source>
        <translation>Die Attribute sind kein gültiges JSON.</translation>
    </message>
    <message>
        <source>The attributes are JSON, but not an object.</source>
        <translation>Die Attribute sind JSON, aber kein Objekt.</translation>
    </message>
    <message>
        <source>Write them as in {&quot;orderNumber&quot;: 88213}.</source>
        <translation>Schreiben wie {&quot;orderNumber&quot;: 88213}.</translation>
    </message>
    <message>
        <source>The attribute {key} is null.</source>
        <translation>Das Attribut {key} ist null.</translation>
    </message>
    <message>
        <source>Give it once.</source>
        <translation>Nur einmal angeben.</translation>
    </message>
    <message>
        <source>The attribute {twice} is given twice.</source>
        <translation>Das Attribut {twice} ist doppelt angegeben.</translation>
    </message>
    <message>
        <source>An attribute has no name.</source>
        <translation>Ein Attribut hat keinen Namen.</translation>
    </message>
    <message>
        <source>Give every attribute a name.</source>
        <translation>Jedem Attribut einen Namen geben.</translation>
    </message>
    <message>
        <source>Delete it from the name.</source>
        <translation>Aus dem Namen löschen.</translation>
    </message>
    <message>
        <source>The name of an attribute holds {problem}.</source>
        <translation>Der Name eines Attributs enthält {problem}.</translation>
    </message>
    <message>
        <source>Delete it from the value.</source>
        <translation>Aus dem Wert löschen.</translation>
    </message>
    <message>
        <source>The attribute {key} holds {problem}.</source>
        <translation>Das Attribut {key} enthält {problem}.</translation>
    </message>
    <message>
        <source>a control character (U+{code:04X})</source>
        <translation>ein Steuerzeichen (U+{code:04X})</translation>
    </message>
    <message>
        <source>half a character that cannot be sent</source>
        <translation>ein halbes Zeichen, das nicht gesendet werden kann</translation>
    </message>
    <message>
        <source>The name {key} holds a dot or a space; agent scripts cannot read such names.</source>
        <translation>Der Name {key} enthält einen Punkt oder ein Leerzeichen; Agent-Skripte können solche Namen nicht lesen.</translation>
    </message>
    <message>
        <source>The name {key} is not in camel case; the flow must use exactly the same spelling.</source>
        <translation>Der Name {key} ist nicht in Camel Case; der Flow muss genau dieselbe Schreibweise verwenden.</translation>
    </message>
    <message>
        <source>The name {key} is one of the platform&apos;s own; choose another to keep them apart.</source>
        <translation>Der Name {key} gehört der Plattform selbst; zur Unterscheidung einen anderen wählen.</translation>
    </message>
    <message>
        <source>The name {key} starts like names in the older web chat; web messaging adds no prefix.</source>
        <translation>Der Name {key} beginnt wie Namen im älteren Web-Chat; Web Messaging setzt kein Präfix davor.</translation>
    </message>
    <message>
        <source>The attribute {key} is empty.</source>
        <translation>Das Attribut {key} ist leer.</translation>
    </message>
    <message>
        <source>The service answered with a redirect, which a chat cannot follow.</source>
        <translation>Der Dienst antwortete mit einer Weiterleitung, der ein Chat nicht folgen kann.</translation>
    </message>
    <message>
        <source>The service did not accept a request (400).</source>
        <translation>Der Dienst hat eine Anfrage nicht angenommen (400).</translation>
    </message>
    <message>
        <source>Look at the refused frame in the frames list.</source>
        <translation>Den abgelehnten Frame in der Frame-Liste ansehen.</translation>
    </message>
    <message>
        <source>The service did not accept the session (400).</source>
        <translation>Der Dienst hat die Session nicht angenommen (400).</translation>
    </message>
    <message>
        <source>Check the deployment ID, and that it belongs to this region.</source>
        <translation>Die Deployment-ID prüfen, und ob sie zu dieser Region gehört.</translation>
    </message>
    <message>
        <source>The service asks for a signed-in customer (401).</source>
        <translation>Der Dienst verlangt einen angemeldeten Kunden (401).</translation>
    </message>
    <message>
        <source>Sign in and start the chat as a signed-in customer, or use a deployment that admits guests.</source>
        <translation>Anmelden und den Chat als angemeldeter Kunde starten, oder ein Deployment verwenden, das Gäste zulässt.</translation>
    </message>
    <message>
        <source>The deployment&apos;s settings do not allow this (403).</source>
        <translation>Die Einstellungen des Deployments erlauben das nicht (403).</translation>
    </message>
    <message>
        <source>Check that the deployment is active and that the feature is on in the messenger configuration.</source>
        <translation>Prüfen, ob das Deployment aktiv und die Funktion in der Messenger-Konfiguration eingeschaltet ist.</translation>
    </message>
    <message>
        <source>The service no longer accepts this customer&apos;s sign-in (403).</source>
        <translation>Der Dienst nimmt die Anmeldung dieses Kunden nicht mehr an (403).</translation>
    </message>
    <message>
        <source>Sign in again; the chat then goes on.</source>
        <translation>Neu anmelden; dann läuft der Chat weiter.</translation>
    </message>
    <message>
        <source>This deployment does not let the customer end the conversation (403).</source>
        <translation>Dieses Deployment lässt den Kunden die Konversation nicht beenden (403).</translation>
    </message>
    <message>
        <source>Leave the chat instead, or turn on conversation clear in the messenger configuration.</source>
        <translation>Stattdessen den Chat verlassen oder Conversation Clear in der Messenger-Konfiguration einschalten.</translation>
    </message>
    <message>
        <source>The service does not know what was asked for (404).</source>
        <translation>Der Dienst kennt nicht, wonach gefragt wurde (404).</translation>
    </message>
    <message>
        <source>Check the deployment ID and the region.</source>
        <translation>Deployment-ID und Region prüfen.</translation>
    </message>
    <message>
        <source>Correct the text, or write it anew.</source>
        <translation>Den Text berichtigen oder neu schreiben.</translation>
    </message>
    <message>
        <source>The service took too long to handle a request (408).</source>
        <translation>Der Dienst brauchte für eine Anfrage zu lange (408).</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The conversation has ended and can only be read (409).</source>
        <translation>Die Konversation ist beendet und kann nur gelesen werden (409).</translation>
    </message>
    <message>
        <source>Start a new chat to write again.</source>
        <translation>Zum Weiterschreiben einen neuen Chat starten.</translation>
    </message>
    <message>
        <source>Too many requests were sent (429).</source>
        <translation>Es wurden zu viele Anfragen gesendet (429).</translation>
    </message>
    <message>
        <source>Wait a little; what was refused can then be sent again.</source>
        <translation>Etwas warten; Abgelehntes kann dann neu gesendet werden.</translation>
    </message>
    <message>
        <source>The service failed to handle a request.</source>
        <translation>Der Dienst konnte eine Anfrage nicht bearbeiten.</translation>
    </message>
    <message>
        <source>This feature is turned off for the deployment (4000).</source>
        <translation>Diese Funktion ist für das Deployment ausgeschaltet (4000).</translation>
    </message>
    <message>
        <source>Turn it on in the messenger configuration, or do without it.</source>
        <translation>In der Messenger-Konfiguration einschalten oder darauf verzichten.</translation>
    </message>
    <message>
        <source>Files of this type are not allowed (4001).</source>
        <translation>Dateien dieses Typs sind nicht erlaubt (4001).</translation>
    </message>
    <message>
        <source>The file is too large (4002).</source>
        <translation>Die Datei ist zu groß (4002).</translation>
    </message>
    <message>
        <source>The service refused the file&apos;s content (4003).</source>
        <translation>Der Dienst hat den Inhalt der Datei abgelehnt (4003).</translation>
    </message>
    <message>
        <source>Check the file, or choose another one.</source>
        <translation>Die Datei prüfen oder eine andere wählen.</translation>
    </message>
    <message>
        <source>The service refused the file&apos;s name (4004).</source>
        <translation>Der Dienst hat den Namen der Datei abgelehnt (4004).</translation>
    </message>
    <message>
        <source>The file&apos;s name is too long (4005).</source>
        <translation>Der Name der Datei ist zu lang (4005).</translation>
    </message>
    <message>
        <source>Give the file a shorter name.</source>
        <translation>Der Datei einen kürzeren Namen geben.</translation>
    </message>
    <message>
        <source>The session has expired (4006).</source>
        <translation>Die Session ist abgelaufen (4006).</translation>
    </message>
    <message>
        <source>Start a new chat; each chat gets a fresh session.</source>
        <translation>Einen neuen Chat starten; jeder Chat bekommt eine frische Session.</translation>
    </message>
    <message>
        <source>The service does not know this session (4007).</source>
        <translation>Der Dienst kennt diese Session nicht (4007).</translation>
    </message>
    <message>
        <source>The file or its link has expired (4008).</source>
        <translation>Die Datei oder ihr Link ist abgelaufen (4008).</translation>
    </message>
    <message>
        <source>Ask for a fresh link, or send the file again.</source>
        <translation>Um einen frischen Link bitten oder die Datei neu senden.</translation>
    </message>
    <message>
        <source>The service does not know this file (4009).</source>
        <translation>Der Dienst kennt diese Datei nicht (4009).</translation>
    </message>
    <message>
        <source>Send the file again.</source>
        <translation>Die Datei noch einmal senden.</translation>
    </message>
    <message>
        <source>The file was not uploaded completely (4010).</source>
        <translation>Die Datei wurde nicht vollständig hochgeladen (4010).</translation>
    </message>
    <message>
        <source>Wait for the upload to finish, then send the message again.</source>
        <translation>Das Ende des Hochladens abwarten, dann die Nachricht noch einmal senden.</translation>
    </message>
    <message>
        <source>The message is too long for Genesys Cloud (4011).</source>
        <translation>Die Nachricht ist zu lang für Genesys Cloud (4011).</translation>
    </message>
    <message>
        <source>Shorten it to 4,096 bytes; the custom attributes go with the next message.</source>
        <translation>Auf 4.096 Byte kürzen; die Custom Attributes gehen mit der nächsten Nachricht.</translation>
    </message>
    <message>
        <source>The custom attributes are too large, so the whole message was refused (4013).</source>
        <translation>Die Custom Attributes sind zu groß, darum wurde die ganze Nachricht abgelehnt (4013).</translation>
    </message>
    <message>
        <source>Shorten or remove some attributes, then start again.</source>
        <translation>Einige Attribute kürzen oder entfernen, dann neu starten.</translation>
    </message>
    <message>
        <source>This session belongs to a signed-in customer and cannot go on as a guest (4017).</source>
        <translation>Diese Session gehört einem angemeldeten Kunden und kann nicht als Gast weitergehen (4017).</translation>
    </message>
    <message>
        <source>Start a new chat, which gets a fresh session, or sign in to go on with this one.</source>
        <translation>Einen neuen Chat mit frischer Session starten oder anmelden, um mit diesem weiterzumachen.</translation>
    </message>
    <message>
        <source>A request lacked a field that the service needs (4020).</source>
        <translation>Einer Anfrage fehlte ein Feld, das der Dienst braucht (4020).</translation>
    </message>
    <message>
        <source>Look at the refused frame in the frames list, and report it.</source>
        <translation>Den abgelehnten Frame in der Frame-Liste ansehen und melden.</translation>
    </message>
    <message>
        <source>The file is empty (4102).</source>
        <translation>Die Datei ist leer (4102).</translation>
    </message>
    <message>
        <source>The service reported an unexpected error.</source>
        <translation>Der Dienst meldete einen unerwarteten Fehler.</translation>
    </message>
    <message>
        <source>Try again; if it happens again, look the code up with Genesys Cloud support.</source>
        <translation>Noch einmal versuchen; passiert es wieder, den Code beim Genesys-Cloud-Support nachfragen.</translation>
    </message>
    <message>
        <source>Wait {seconds} s, then start again.</source>
        <translation>{seconds} s warten, dann neu starten.</translation>
    </message>
    <message>
        <source>Wait {seconds} s, then what was refused can be sent again.</source>
        <translation>{seconds} s warten, dann kann Abgelehntes neu gesendet werden.</translation>
    </message>
    <message>
        <source>The service failed to handle a request ({code}).</source>
        <translation>Der Dienst konnte eine Anfrage nicht bearbeiten ({code}).</translation>
    </message>
    <message>
        <source>The service reported an unexpected error ({code}).</source>
        <translation>Der Dienst meldete einen unerwarteten Fehler ({code}).</translation>
    </message>
    <message>
        <source>The service did not accept a request ({code}).</source>
        <translation>Der Dienst hat eine Anfrage nicht angenommen ({code}).</translation>
    </message>
    <message>
        <source>This chat was started already.</source>
        <translation>Dieser Chat wurde schon gestartet.</translation>
    </message>
    <message>
        <source>Start another chat with a fresh session.</source>
        <translation>Einen anderen Chat mit frischer Session starten.</translation>
    </message>
    <message>
        <source>The connection was lost and could not be restored within {time}.</source>
        <translation>Die Verbindung ging verloren und ließ sich nicht innerhalb von {time} wiederherstellen.</translation>
    </message>
    <message>
        <source>1 second</source>
        <translation>1 Sekunde</translation>
    </message>
    <message>
        <source>The messenger is turned off in this deployment.</source>
        <translation>Der Messenger ist in diesem Deployment ausgeschaltet.</translation>
    </message>
    <message>
        <source>Conversations are turned off in this deployment.</source>
        <translation>Konversationen sind in diesem Deployment ausgeschaltet.</translation>
    </message>
    <message>
        <source>This deployment asks customers to sign in; a guest may not be able to write.</source>
        <translation>Dieses Deployment verlangt eine Anmeldung; ein Gast kann vielleicht nicht schreiben.</translation>
    </message>
    <message>
        <source>The conversation was ended.</source>
        <translation>Die Konversation wurde beendet.</translation>
    </message>
    <message>
        <source>The chat was left.</source>
        <translation>Der Chat wurde verlassen.</translation>
    </message>
    <message>
        <source>The chat was left; the conversation stays open.</source>
        <translation>Der Chat wurde verlassen; die Konversation bleibt offen.</translation>
    </message>
    <message>
        <source>The chat was left; the service did not confirm that the conversation ended.</source>
        <translation>Der Chat wurde verlassen; der Dienst hat das Ende der Konversation nicht bestätigt.</translation>
    </message>
    <message>
        <source>This deployment does not let the customer end the conversation.</source>
        <translation>Dieses Deployment lässt den Kunden die Konversation nicht beenden.</translation>
    </message>
    <message>
        <source>The conversation is being ended already.</source>
        <translation>Die Konversation wird schon beendet.</translation>
    </message>
    <message>
        <source>Wait for the service, or leave.</source>
        <translation>Auf den Dienst warten oder verlassen.</translation>
    </message>
    <message>
        <source>The conversation cannot be ended right now.</source>
        <translation>Die Konversation kann gerade nicht beendet werden.</translation>
    </message>
    <message>
        <source>The service closed the chat, because the customer signed in elsewhere.</source>
        <translation>Der Dienst hat den Chat geschlossen, weil sich der Kunde anderswo angemeldet hat.</translation>
    </message>
    <message>
        <source>The service closed the chat, because the customer logged out.</source>
        <translation>Der Dienst hat den Chat geschlossen, weil sich der Kunde abgemeldet hat.</translation>
    </message>
    <message>
        <source>Names are compared letter by letter; use the name as it was sent in the flow, too.</source>
        <translation>Namen werden Buchstabe für Buchstabe verglichen; auch im Flow den Namen verwenden, wie er gesendet wurde.</translation>
    </message>
    <message>
        <source>Something puts a prefix before the name, which Web Messaging does not do; look at the flow.</source>
        <translation>Etwas setzt ein Präfix vor den Namen, was Web Messaging nicht tut; den Flow ansehen.</translation>
    </message>
    <message>
        <source>There are blanks around the name; look at what sent it or at the flow.</source>
        <translation>Um den Namen stehen Leerzeichen; ansehen, was ihn gesendet hat, oder den Flow.</translation>
    </message>
    <message>
        <source>A flow or a script may have overwritten it.</source>
        <translation>Ein Flow oder ein Skript hat ihn vielleicht überschrieben.</translation>
    </message>
    <message>
        <source>Check that it travelled with a message&apos;s channel, and that no flow removes it.</source>
        <translation>Prüfen, ob es mit dem channel einer Nachricht ging und kein Flow es entfernt.</translation>
    </message>
    <message>
        <source>None arrived under any name, as when attributes travel at the message&apos;s top level, the old place: they belong into channel.metadata.customAttributes.</source>
        <translation>Keins kam unter irgendeinem Namen an, wie wenn Attribute auf oberster Ebene der Nachricht stehen, dem alten Ort: Sie gehören in channel.metadata.customAttributes.</translation>
    </message>
    <message>
        <source>Shorten or remove some, then start again.</source>
        <translation>Einige kürzen oder entfernen, dann neu starten.</translation>
    </message>
    <message>
        <source>The custom attributes take {size} bytes; this deployment allows {limit}.</source>
        <translation>Die Custom Attributes brauchen {size} Byte; dieses Deployment erlaubt {limit}.</translation>
    </message>
    <message>
        <source>Earlier messages cannot be read right now.</source>
        <translation>Frühere Nachrichten können gerade nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Wait until the chat is connected, then try again.</source>
        <translation>Warten, bis der Chat verbunden ist, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The service gave no key to the earlier messages in time.</source>
        <translation>Der Dienst gab den Schlüssel zu den früheren Nachrichten nicht rechtzeitig.</translation>
    </message>
    <message>
        <source>The service gave an empty key to the earlier messages.</source>
        <translation>Der Dienst gab einen leeren Schlüssel zu den früheren Nachrichten.</translation>
    </message>
    <message>
        <source>The sign-in address is missing.</source>
        <translation>Die Anmeldeadresse fehlt.</translation>
    </message>
    <message>
        <source>The client ID for signing in is missing.</source>
        <translation>Die Client-ID für die Anmeldung fehlt.</translation>
    </message>
    <message>
        <source>Copy it from the client registered with the provider.</source>
        <translation>Vom Client kopieren, der beim Anbieter registriert ist.</translation>
    </message>
    <message>
        <source>client ID for signing in</source>
        <translation>Client-ID für die Anmeldung</translation>
    </message>
    <message>
        <source>list of scopes</source>
        <translation>Liste der Scopes</translation>
    </message>
    <message>
        <source>Copy it again from the provider.</source>
        <translation>Noch einmal beim Anbieter kopieren.</translation>
    </message>
    <message>
        <source>The {what} holds characters that cannot be sent.</source>
        <translation>{what}: enthält Zeichen, die nicht gesendet werden können.</translation>
    </message>
    <message>
        <source>The longest age of a sign-in cannot be used.</source>
        <translation>Das Höchstalter einer Anmeldung ist nicht verwendbar.</translation>
    </message>
    <message>
        <source>Give seconds, 0 to ask for the password each time.</source>
        <translation>Sekunden angeben, 0, um jedes Mal nach dem Passwort zu fragen.</translation>
    </message>
    <message>
        <source>The redirect address is not an address of this computer.</source>
        <translation>Die Redirect-Adresse ist keine Adresse dieses Computers.</translation>
    </message>
    <message>
        <source>The redirect address holds more than host, port and path.</source>
        <translation>Die Redirect-Adresse enthält mehr als Host, Port und Pfad.</translation>
    </message>
    <message>
        <source>The sign-in address is not an address.</source>
        <translation>Die Anmeldeadresse ist keine Adresse.</translation>
    </message>
    <message>
        <source>The sign-in address is not secure: it has to be https.</source>
        <translation>Die Anmeldeadresse ist nicht sicher: Es muss https sein.</translation>
    </message>
    <message>
        <source>The sign-in address holds a user or a fragment.</source>
        <translation>Die Anmeldeadresse enthält einen Benutzer oder ein Fragment.</translation>
    </message>
    <message>
        <source>Leave out what gcdesk adds for each sign-in.</source>
        <translation>Weglassen, was gcdesk bei jeder Anmeldung ergänzt.</translation>
    </message>
    <message>
        <source>The sign-in address already names {name}.</source>
        <translation>Die Anmeldeadresse nennt schon {name}.</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>The limit {name} has to be {what} from {least:g} to {most:,}.</source>
        <translation>Das Limit {name} muss {what} von {least:g} bis {most:,} sein.</translation>
    </message>
    <message>
        <source>A fresh link can only be had while the chat is open.</source>
        <translation>Einen frischen Link gibt es nur, solange der Chat offen ist.</translation>
    </message>
    <message>
        <source>Fetch the file in the next chat.</source>
        <translation>Die Datei im nächsten Chat abrufen.</translation>
    </message>
    <message>
        <source>The chat ended before there was a fresh link to the file.</source>
        <translation>Der Chat endete, bevor es einen frischen Link zur Datei gab.</translation>
    </message>
    <message>
        <source>The region is empty.</source>
        <translation>Die Region ist leer.</translation>
    </message>
    <message>
        <source>“{text}” is not a region&apos;s domain.</source>
        <translation>„{text}“ ist nicht die Domain einer Region.</translation>
    </message>
    <message>
        <source>Write it as in ws://127.0.0.1:8765/v1.</source>
        <translation>Schreiben wie ws://127.0.0.1:8765/v1.</translation>
    </message>
    <message>
        <source>“{text}” is not an address.</source>
        <translation>„{text}“ ist keine Adresse.</translation>
    </message>
    <message>
        <source>Write it without spaces.</source>
        <translation>Ohne Leerzeichen schreiben.</translation>
    </message>
    <message>
        <source>The endpoint holds more than scheme, host, port and path.</source>
        <translation>Der Endpunkt enthält mehr als Schema, Host, Port und Pfad.</translation>
    </message>
    <message>
        <source>Leave out user names, passwords, queries and fragments; the deployment ID has its own field.</source>
        <translation>Benutzernamen, Passwörter, Abfragen und Fragmente weglassen; die Deployment-ID hat ihr eigenes Feld.</translation>
    </message>
    <message>
        <source>The {what} is empty.</source>
        <translation>{what} ist leer.</translation>
    </message>
    <message>
        <source>Paste the {what} from Genesys Cloud&apos;s admin pages.</source>
        <translation>{what} aus dem Admin-Bereich von Genesys Cloud einfügen.</translation>
    </message>
    <message>
        <source>The {what} is not a UUID.</source>
        <translation>{what} ist keine UUID.</translation>
    </message>
    <message>
        <source>Copy the whole {what} again: 32 letters and digits in five groups with dashes.</source>
        <translation>{what} noch einmal ganz kopieren: 32 Buchstaben und Ziffern in fünf Gruppen mit Bindestrichen.</translation>
    </message>
    <message>
        <source>It starts with wss://, or with ws:// on this machine.</source>
        <translation>Sie beginnt mit wss://, oder auf diesem Computer mit ws://.</translation>
    </message>
    <message>
        <source>“{text}” is not a WebSocket address.</source>
        <translation>„{text}“ ist keine WebSocket-Adresse.</translation>
    </message>
    <message>
        <source>Write it as in wss://host.example/v1.</source>
        <translation>Schreiben wie wss://host.example/v1.</translation>
    </message>
    <message>
        <source>“{text}” names no host.</source>
        <translation>„{text}“ nennt keinen Host.</translation>
    </message>
    <message>
        <source>“{host}” is not a host name.</source>
        <translation>„{host}“ ist kein Hostname.</translation>
    </message>
    <message>
        <source>An address with ws:// is only allowed on this machine.</source>
        <translation>Eine Adresse mit ws:// ist nur auf diesem Computer erlaubt.</translation>
    </message>
    <message>
        <source>Use wss:// so that the connection is private.</source>
        <translation>wss:// verwenden, damit die Verbindung privat ist.</translation>
    </message>
    <message>
        <source>{host} only looks like Genesys Cloud: no region has this name, so nothing was sent to it.</source>
        <translation>{host} sieht nur aus wie Genesys Cloud: Keine Region heißt so, darum wurde nichts dorthin gesendet.</translation>
    </message>
    <message>
        <source>A new chat is on its way already.</source>
        <translation>Ein neuer Chat ist schon unterwegs.</translation>
    </message>
    <message>
        <source>Wait for it.</source>
        <translation>Darauf warten.</translation>
    </message>
    <message>
        <source>A new chat can only begin here when this conversation has ended.</source>
        <translation>Ein neuer Chat kann hier erst beginnen, wenn diese Konversation beendet ist.</translation>
    </message>
    <message>
        <source>End the conversation first, or start another chat beside it.</source>
        <translation>Erst die Konversation beenden oder daneben einen anderen Chat starten.</translation>
    </message>
    <message>
        <source>Shorten it, or send it in parts.</source>
        <translation>Kürzen oder in Teilen senden.</translation>
    </message>
    <message>
        <source>The message is {size:,} bytes long; Genesys Cloud takes at most {limit:,}.</source>
        <translation>Die Nachricht ist {size:,} Byte lang; Genesys Cloud nimmt höchstens {limit:,}.</translation>
    </message>
    <message>
        <source>The other side ended the conversation.</source>
        <translation>Die andere Seite hat die Konversation beendet.</translation>
    </message>
    <message>
        <source>Write it like https://login.example.com/oauth2/authorize.</source>
        <translation>Schreiben wie https://login.example.com/oauth2/authorize.</translation>
    </message>
    <message>
        <source>Write it like http://127.0.0.1:8400/callback, as it is registered with the provider.</source>
        <translation>Schreiben wie http://127.0.0.1:8400/callback, so wie beim Anbieter registriert.</translation>
    </message>
    <message>
        <source>Choose a region from the list, or type its domain, such as mypurecloud.de.</source>
        <translation>Eine Region aus der Liste wählen oder ihre Domain eingeben, etwa mypurecloud.de.</translation>
    </message>
    <message>
        <source>The earlier chat is gone: after the break the service began a new one.</source>
        <translation>Der frühere Chat ist weg: Nach der Unterbrechung hat der Dienst einen neuen begonnen.</translation>
    </message>
    <message>
        <source>The earlier chat is over, so this is a new one.</source>
        <translation>Der frühere Chat ist vorbei, darum ist dies ein neuer.</translation>
    </message>
    <message>
        <source>A new chat begins.</source>
        <translation>Ein neuer Chat beginnt.</translation>
    </message>
    <message>
        <source>The conversation has ended and can only be read.</source>
        <translation>Die Konversation ist beendet und kann nur gelesen werden.</translation>
    </message>
    <message>
        <source>The message holds half a character that cannot be sent.</source>
        <translation>Die Nachricht enthält ein halbes Zeichen, das nicht gesendet werden kann.</translation>
    </message>
    <message>
        <source>The message is empty.</source>
        <translation>Die Nachricht ist leer.</translation>
    </message>
    <message>
        <source>Write something to send.</source>
        <translation>Etwas zum Senden schreiben.</translation>
    </message>
    <message>
        <source>The conversation cannot be joined right now.</source>
        <translation>Der Konversation kann gerade nicht beigetreten werden.</translation>
    </message>
    <message>
        <source>That message is not waiting to be sent again.</source>
        <translation>Diese Nachricht wartet nicht darauf, neu gesendet zu werden.</translation>
    </message>
    <message>
        <source>That message is on its way already.</source>
        <translation>Diese Nachricht ist schon unterwegs.</translation>
    </message>
    <message>
        <source>Look at the transcript for its fate.</source>
        <translation>Im Verlauf steht, was aus ihr wird.</translation>
    </message>
    <message>
        <source>This conversation has ended and can only be read.</source>
        <translation>Diese Konversation ist beendet und kann nur gelesen werden.</translation>
    </message>
    <message>
        <source>Messages cannot be sent in this chat right now.</source>
        <translation>In diesem Chat können gerade keine Nachrichten gesendet werden.</translation>
    </message>
    <message>
        <source>The customer was logged out.</source>
        <translation>Der Kunde wurde abgemeldet.</translation>
    </message>
    <message>
        <source>This deployment does not let a guest sign in during a chat.</source>
        <translation>Dieses Deployment lässt Gäste sich nicht während eines Chats anmelden.</translation>
    </message>
    <message>
        <source>Sign in first, then start the chat as a signed-in customer.</source>
        <translation>Zuerst anmelden, dann den Chat als angemeldeter Kunde starten.</translation>
    </message>
    <message>
        <source>The customer cannot sign in to this chat right now.</source>
        <translation>Der Kunde kann sich an diesem Chat gerade nicht anmelden.</translation>
    </message>
    <message>
        <source>This chat needs no sign-in right now.</source>
        <translation>Dieser Chat braucht gerade keine Anmeldung.</translation>
    </message>
    <message>
        <source>No signed-in customer can be logged out of this chat right now.</source>
        <translation>Von diesem Chat kann gerade kein angemeldeter Kunde abgemeldet werden.</translation>
    </message>
    <message>
        <source>The service did not answer the sign-in in time.</source>
        <translation>Der Dienst hat die Anmeldung nicht rechtzeitig beantwortet.</translation>
    </message>
    <message>
        <source>Try again; if it stays silent, start a new chat as a signed-in customer.</source>
        <translation>Noch einmal versuchen; bleibt er stumm, als angemeldeter Kunde einen neuen Chat starten.</translation>
    </message>
    <message>
        <source>The sign-in has run out: the service no longer accepts it (401).</source>
        <translation>Die Anmeldung ist abgelaufen: Der Dienst nimmt sie nicht mehr an (401).</translation>
    </message>
    <message>
        <source>The service does not accept this customer&apos;s sign-in (401), although it was renewed.</source>
        <translation>Der Dienst nimmt die Anmeldung dieses Kunden nicht an (401), obwohl sie erneuert wurde.</translation>
    </message>
    <message>
        <source>Sign in again; if it happens again, check the deployment&apos;s OpenID Connect integration.</source>
        <translation>Neu anmelden; passiert es wieder, die OpenID-Connect-Integration des Deployments prüfen.</translation>
    </message>
    <message>
        <source>The file&apos;s name has {count:,} characters; Genesys Cloud takes at most {most:,}.</source>
        <translation>Der Name der Datei hat {count:,} Zeichen; Genesys Cloud nimmt höchstens {most:,}.</translation>
    </message>
    <message>
        <source>The file&apos;s name holds characters that cannot be sent.</source>
        <translation>Der Name der Datei enthält Zeichen, die nicht gesendet werden können.</translation>
    </message>
    <message>
        <source>The file&apos;s name has no extension.</source>
        <translation>Der Name der Datei hat keine Endung.</translation>
    </message>
    <message>
        <source>Rename the file so that it ends in .txt or .png, for example.</source>
        <translation>Die Datei umbenennen, damit sie zum Beispiel auf .txt oder .png endet.</translation>
    </message>
    <message>
        <source>Send another kind of file.</source>
        <translation>Eine andere Art Datei senden.</translation>
    </message>
    <message>
        <source>This deployment does not allow files that end in {extension}.</source>
        <translation>Dieses Deployment erlaubt keine Dateien, die auf {extension} enden.</translation>
    </message>
    <message>
        <source>The file has {size:,} bytes; this deployment takes at most {most:,.0f}.</source>
        <translation>Die Datei hat {size:,} Byte; dieses Deployment nimmt höchstens {most:,.0f}.</translation>
    </message>
    <message>
        <source>The file&apos;s type cannot be sent.</source>
        <translation>Der Typ der Datei kann nicht gesendet werden.</translation>
    </message>
    <message>
        <source>This deployment does not allow files of the type {mime}.</source>
        <translation>Dieses Deployment erlaubt keine Dateien des Typs {mime}.</translation>
    </message>
    <message>
        <source>That file is not waiting to be sent again.</source>
        <translation>Diese Datei wartet nicht darauf, neu gesendet zu werden.</translation>
    </message>
    <message>
        <source>There is no such file any more.</source>
        <translation>Diese Datei gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>That file is on its way already.</source>
        <translation>Diese Datei ist schon unterwegs.</translation>
    </message>
    <message>
        <source>The file was removed before the message was sent.</source>
        <translation>Die Datei wurde entfernt, bevor die Nachricht gesendet war.</translation>
    </message>
    <message>
        <source>Attach it again.</source>
        <translation>Neu anhängen.</translation>
    </message>
    <message>
        <source>That file could not be uploaded.</source>
        <translation>Diese Datei konnte nicht hochgeladen werden.</translation>
    </message>
    <message>
        <source>Try the file again first, or attach another.</source>
        <translation>Erst die Datei noch einmal versuchen oder eine andere anhängen.</translation>
    </message>
    <message>
        <source>Another message has that file already.</source>
        <translation>Eine andere Nachricht hat diese Datei schon.</translation>
    </message>
    <message>
        <source>Attach it again to send it twice.</source>
        <translation>Noch einmal anhängen, um sie zweimal zu senden.</translation>
    </message>
    <message>
        <source>The conversation ended before the file was sent.</source>
        <translation>Die Konversation endete, bevor die Datei gesendet war.</translation>
    </message>
    <message>
        <source>Files cannot be sent in this chat right now.</source>
        <translation>In diesem Chat können gerade keine Dateien gesendet werden.</translation>
    </message>
    <message>
        <source>There is nothing to sign out.</source>
        <translation>Es gibt nichts abzumelden.</translation>
    </message>
    <message>
        <source>The picture is damaged.</source>
        <translation>Das Bild ist beschädigt.</translation>
    </message>
    <message>
        <source>The picture on the clipboard could not be read.</source>
        <translation>Das Bild in der Zwischenablage konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Save it as a file first.</source>
        <translation>Erst als Datei speichern.</translation>
    </message>
    <message>
        <source>That name is the simulator&apos;s.</source>
        <translation>Dieser Name gehört dem Simulator.</translation>
    </message>
    <message>
        <source>Choose another, so that nobody mistakes one for the other.</source>
        <translation>Einen anderen wählen, damit niemand die beiden verwechselt.</translation>
    </message>
    <message>
        <source>{failed} of {every} steps failed. Begin with the first one.</source>
        <translation>Fehlgeschlagene Schritte: {failed} von {every}. Mit dem ersten anfangen.</translation>
    </message>
    <message>
        <source>Nothing failed; {warned} of {every} steps deserve a look.</source>
        <translation>Nichts ist fehlgeschlagen; bei {warned} von {every} Schritten lohnt ein Blick.</translation>
    </message>
    <message>
        <source>All is well.</source>
        <translation>Alles in Ordnung.</translation>
    </message>
    <message>
        <source>There is no OAuth client to check.</source>
        <translation>Es gibt keinen OAuth-Client zu prüfen.</translation>
    </message>
    <message>
        <source>Copy its ID and secret from Admin, Integrations, OAuth.</source>
        <translation>ID und Secret unter Admin, Integrationen, OAuth kopieren.</translation>
    </message>
    <message>
        <source>The picture is too large to be shown here.</source>
        <translation>Das Bild ist zu groß, um hier gezeigt zu werden.</translation>
    </message>
    <message>
        <source>This chat is not kept, so there is no evidence of it.</source>
        <translation>Dieser Chat wird nicht aufbewahrt, also gibt es keinen Nachweis davon.</translation>
    </message>
    <message>
        <source>Turn on the history in the settings; it holds for chats that begin from then on.</source>
        <translation>Die Aufbewahrung in den Einstellungen einschalten; sie gilt für Chats, die danach beginnen.</translation>
    </message>
    <message>
        <source>Too many chats were asked for at once.</source>
        <translation>Es wurde um zu viele Chats auf einmal gebeten.</translation>
    </message>
    <message>
        <source>Answer these first.</source>
        <translation>Erst diese beantworten.</translation>
    </message>
    <message>
        <source>Add it, or correct the name, then open the chat again.</source>
        <translation>Hinzufügen oder den Namen berichtigen, dann den Chat noch einmal öffnen.</translation>
    </message>
    <message>
        <source>Give the customer&apos;s ID once only.</source>
        <translation>Die ID des Kunden nur einmal angeben.</translation>
    </message>
    <message>
        <source>The Platform API did not tell the org within {seconds:g} seconds.</source>
        <translation>Die Platform API hat die Organisation nicht innerhalb von {seconds:g} Sekunden genannt.</translation>
    </message>
    <message>
        <source>No environment is chosen.</source>
        <translation>Es ist keine Umgebung gewählt.</translation>
    </message>
    <message>
        <source>Choose one, or an exported file.</source>
        <translation>Eine wählen oder eine exportierte Datei.</translation>
    </message>
    <message>
        <source>Add one to the environment.</source>
        <translation>Der Umgebung einen hinzufügen.</translation>
    </message>
    <message>
        <source>Export the conversation again, as JSON.</source>
        <translation>Die Konversation noch einmal als JSON exportieren.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation>Seiten der Einstellungen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Gespeichert.</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Find a shortcut</source>
        <translation>Tastenkürzel suchen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>While writing</source>
        <translation>Beim Schreiben</translation>
    </message>
    <message>
        <source>Launch bar</source>
        <translation>Startleiste</translation>
    </message>
    <message>
        <source>Chat list</source>
        <translation>Chatliste</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Begin a new line</source>
        <translation>Neue Zeile beginnen</translation>
    </message>
    <message>
        <source>Recall what was said before</source>
        <translation>Zuvor Gesagtes zurückholen</translation>
    </message>
    <message>
        <source>Start the chat</source>
        <translation>Chat starten</translation>
    </message>
    <message>
        <source>Go to the first chat, the second and so on</source>
        <translation>Zum ersten Chat, zum zweiten und so weiter</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>The customer is signed in to {name}. Start again to chat signed in.</source>
        <translation>Der Kunde ist bei {name} angemeldet. Neu starten, um angemeldet zu chatten.</translation>
    </message>
    <message>
        <source>Nobody is signed in to {name} any more.</source>
        <translation>Bei {name} ist niemand mehr angemeldet.</translation>
    </message>
</context>
<context>
    <name>SignInDialog</name>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>A customer signs in to {name}.</source>
        <translation>Ein Kunde meldet sich bei {name} an.</translation>
    </message>
    <message>
        <source>Sign in on the page that opens in the browser. gcdesk sees no password.</source>
        <translation>Auf der Seite anmelden, die sich im Browser öffnet. gcdesk sieht kein Passwort.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>StartButton</name>
    <message>
        <source>Start chat</source>
        <translation>Chat starten</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
</context>
<context>
    <name>StartFields</name>
    <message>
        <source>Nothing is said by itself</source>
        <translation>Von selbst wird nichts gesagt</translation>
    </message>
    <message>
        <source>Default attributes, one key=value a line, or JSON (optional)</source>
        <translation>Standardattribute, je Zeile ein schlüssel=wert, oder JSON (optional)</translation>
    </message>
    <message>
        <source>First message of each fresh chat (optional)</source>
        <translation>Erste Nachricht jedes frischen Chats (optional)</translation>
    </message>
</context>
<context>
    <name>States</name>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Chat active, attributes not sent</source>
        <translation>Chat aktiv, Attribute nicht gesendet</translation>
    </message>
    <message>
        <source>Reconnecting, try {number}</source>
        <translation>Verbindet neu, Versuch {number}</translation>
    </message>
    <message>
        <source>Cancelled before it was ready</source>
        <translation>Abgebrochen, bevor er bereit war</translation>
    </message>
    <message>
        <source>No chat</source>
        <translation>Kein Chat</translation>
    </message>
    <message>
        <source>Start a chat to write as the customer</source>
        <translation>Einen Chat starten, um als Kunde zu schreiben</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindet</translation>
    </message>
    <message>
        <source>You can write once the chat is ready</source>
        <translation>Schreiben geht, sobald der Chat bereit ist</translation>
    </message>
    <message>
        <source>Configuring</source>
        <translation>Wird konfiguriert</translation>
    </message>
    <message>
        <source>Chat active</source>
        <translation>Chat aktiv</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>Schreibgeschützt</translation>
    </message>
    <message>
        <source>This conversation has ended. Start a new chat to write again</source>
        <translation>Diese Konversation ist beendet. Zum Weiterschreiben einen neuen Chat starten</translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation>Verbindet neu</translation>
    </message>
    <message>
        <source>Ending</source>
        <translation>Wird beendet</translation>
    </message>
    <message>
        <source>The chat is ending</source>
        <translation>Der Chat wird beendet</translation>
    </message>
    <message>
        <source>Chat ended</source>
        <translation>Chat beendet</translation>
    </message>
    <message>
        <source>The chat has ended. Start a new chat to write again</source>
        <translation>Der Chat ist beendet. Zum Weiterschreiben einen neuen starten</translation>
    </message>
    <message>
        <source>Chat failed</source>
        <translation>Chat fehlgeschlagen</translation>
    </message>
    <message>
        <source>The chat has failed. The checklist says why</source>
        <translation>Der Chat ist fehlgeschlagen. Die Checkliste sagt, warum</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Keyring: looking for it</source>
        <translation>Schlüsselbund: wird gesucht</translation>
    </message>
    <message>
        <source>Keyring: {name}</source>
        <translation>Schlüsselbund: {name}</translation>
    </message>
    <message>
        <source>Keyring: none, IDs are kept for this session only</source>
        <translation>Schlüsselbund: keiner, IDs gelten nur für diese Sitzung</translation>
    </message>
    <message>
        <source>Round trip {time}</source>
        <translation>Umlaufzeit {time}</translation>
    </message>
    <message>
        <source>1 live chat</source>
        <translation>1 Live-Chat</translation>
    </message>
    <message>
        <source>{count} live chats</source>
        <translation>{count} Live-Chats</translation>
    </message>
    <message>
        <source>{count} unread</source>
        <translation>{count} ungelesen</translation>
    </message>
    <message>
        <source>debug</source>
        <translation>Debug</translation>
    </message>
    <message>
        <source>info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Log level: {level}</source>
        <translation>Protokollstufe: {level}</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>Reading the IDs from the keyring</source>
        <translation>Die IDs werden aus dem Schlüsselbund gelesen</translation>
    </message>
    <message>
        <source>Starting the simulator</source>
        <translation>Der Simulator wird gestartet</translation>
    </message>
    <message>
        <source>Deployment</source>
        <translation>Deployment</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Session</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Attribute</translation>
    </message>
    <message>
        <source>Arrival in Genesys Cloud</source>
        <translation>Ankunft in Genesys Cloud</translation>
    </message>
    <message>
        <source>Reading the deployment</source>
        <translation>Das Deployment wird gelesen</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindet</translation>
    </message>
    <message>
        <source>Configuring the session</source>
        <translation>Die Session wird konfiguriert</translation>
    </message>
    <message>
        <source>Deployment is active</source>
        <translation>Deployment ist aktiv</translation>
    </message>
    <message>
        <source>Deployment wants a sign-in</source>
        <translation>Deployment verlangt eine Anmeldung</translation>
    </message>
    <message>
        <source>Deployment is active, but look</source>
        <translation>Deployment ist aktiv, bitte ansehen</translation>
    </message>
    <message>
        <source>Deployment read, its status is not given</source>
        <translation>Deployment gelesen, sein Status ist nicht angegeben</translation>
    </message>
    <message>
        <source>Choose a deployment without sign-in, or turn authentication off in its configuration.</source>
        <translation>Ein Deployment ohne Anmeldung wählen oder in seiner Konfiguration die Authentifizierung ausschalten.</translation>
    </message>
    <message>
        <source>Deployment not read, the chat goes on</source>
        <translation>Deployment nicht gelesen, der Chat läuft weiter</translation>
    </message>
    <message>
        <source>not encrypted, on this computer</source>
        <translation>nicht verschlüsselt, auf diesem Computer</translation>
    </message>
    <message>
        <source>through {proxy}</source>
        <translation>durch {proxy}</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Connected again</source>
        <translation>Wieder verbunden</translation>
    </message>
    <message>
        <source>Resuming the session</source>
        <translation>Die Session wird fortgesetzt</translation>
    </message>
    <message>
        <source>Session configured</source>
        <translation>Session konfiguriert</translation>
    </message>
    <message>
        <source>new session</source>
        <translation>neue Session</translation>
    </message>
    <message>
        <source>Session resumed</source>
        <translation>Session fortgesetzt</translation>
    </message>
    <message>
        <source>existing session</source>
        <translation>bestehende Session</translation>
    </message>
    <message>
        <source>Reconnecting, try {number}</source>
        <translation>Verbindet neu, Versuch {number}</translation>
    </message>
    <message>
        <source>Next try in {seconds} s.</source>
        <translation>Nächster Versuch in {seconds} s.</translation>
    </message>
    <message>
        <source>Session waits for the connection</source>
        <translation>Die Session wartet auf die Verbindung</translation>
    </message>
    <message>
        <source>with the first message</source>
        <translation>mit der ersten Nachricht</translation>
    </message>
    <message>
        <source>with the Join</source>
        <translation>mit dem Join</translation>
    </message>
    <message>
        <source>Attributes on their way, {carrier}</source>
        <translation>Attribute unterwegs, {carrier}</translation>
    </message>
    <message>
        <source>Attributes sent</source>
        <translation>Attribute gesendet</translation>
    </message>
    <message>
        <source>Genesys Cloud refused the attributes.</source>
        <translation>Genesys Cloud hat die Attribute abgelehnt.</translation>
    </message>
    <message>
        <source>Shorten or remove some, then start again.</source>
        <translation>Einige kürzen oder entfernen, dann neu starten.</translation>
    </message>
    <message>
        <source>The chat ended before they were sent.</source>
        <translation>Der Chat endete, bevor sie gesendet waren.</translation>
    </message>
    <message>
        <source>The chat ended before this was known.</source>
        <translation>Der Chat endete, bevor das bekannt war.</translation>
    </message>
    <message>
        <source>Attributes not sent yet</source>
        <translation>Attribute noch nicht gesendet</translation>
    </message>
    <message>
        <source>They go with the Join.</source>
        <translation>Sie gehen mit dem Join.</translation>
    </message>
    <message>
        <source>They go with the first message.</source>
        <translation>Sie gehen mit der ersten Nachricht.</translation>
    </message>
    <message>
        <source>Arrival in Genesys Cloud is not proven</source>
        <translation>Ankunft in Genesys Cloud ist nicht nachgewiesen</translation>
    </message>
    <message>
        <source>Arrival in the simulator is not proven</source>
        <translation>Ankunft im Simulator ist nicht nachgewiesen</translation>
    </message>
    <message>
        <source>To check by hand, read {key} with a Get Participant Data action in Architect&apos;s inbound message flow, spelled exactly like that, or open the conversation&apos;s participant data.</source>
        <translation>Zum Prüfen von Hand {key} mit einer Aktion „Get Participant Data“ im Inbound Message Flow von Architect lesen, genau so geschrieben, oder die Participant Data der Konversation öffnen.</translation>
    </message>
    <message>
        <source>Session is read-only</source>
        <translation>Session ist schreibgeschützt</translation>
    </message>
    <message>
        <source>This conversation has ended.</source>
        <translation>Diese Konversation ist beendet.</translation>
    </message>
    <message>
        <source>Start a new chat to write again.</source>
        <translation>Zum Weiterschreiben einen neuen Chat starten.</translation>
    </message>
    <message>
        <source>conversations off</source>
        <translation>Konversationen aus</translation>
    </message>
    <message>
        <source>no sign-in needed</source>
        <translation>keine Anmeldung nötig</translation>
    </message>
    <message>
        <source>conversations on</source>
        <translation>Konversationen an</translation>
    </message>
    <message>
        <source>sign-in needed</source>
        <translation>Anmeldung nötig</translation>
    </message>
    <message>
        <source>sign-in possible</source>
        <translation>Anmeldung möglich</translation>
    </message>
    <message>
        <source>{key}, {size} B</source>
        <translation>{key}, {size} B</translation>
    </message>
    <message>
        <source>{key} and {more} more, {size} B</source>
        <translation>{key} und {more} weitere, {size} B</translation>
    </message>
    <message>
        <source>already past its end</source>
        <translation>schon abgelaufen</translation>
    </message>
    <message>
        <source>ends in {minutes} min</source>
        <translation>läuft in {minutes} min ab</translation>
    </message>
    <message>
        <source>ends in {hours} h</source>
        <translation>läuft in {hours} h ab</translation>
    </message>
    <message>
        <source>ends in {days} days</source>
        <translation>läuft in {days} Tagen ab</translation>
    </message>
    <message>
        <source>Arrival in the simulator</source>
        <translation>Ankunft im Simulator</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>done with a warning</source>
        <translation>erledigt mit Warnung</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Edit environment</source>
        <translation>Umgebung bearbeiten</translation>
    </message>
    <message>
        <source>Edit attributes</source>
        <translation>Attribute bearbeiten</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Details kopieren</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Copy conversation ID</source>
        <translation>Konversations-ID kopieren</translation>
    </message>
    <message>
        <source>Open in admin</source>
        <translation>Im Admin öffnen</translation>
    </message>
    <message>
        <source>Add credentials</source>
        <translation>Zugangsdaten hinzufügen</translation>
    </message>
    <message>
        <source>Check this environment</source>
        <translation>Diese Umgebung prüfen</translation>
    </message>
</context>
<context>
    <name>TellDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Timing</name>
    <message>
        <source>Asked at {time}: {question}. {name} answered after {seconds}</source>
        <translation>Gefragt um {time}: {question}. {name} antwortete nach {seconds}</translation>
    </message>
    <message>
        <source>Reply times</source>
        <translation>Antwortzeiten</translation>
    </message>
    <message>
        <source>Enter shows the answer in the conversation</source>
        <translation>Enter zeigt die Antwort in der Konversation</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitachse</translation>
    </message>
    <message>
        <source>{name} answered after {time}</source>
        <translation>{name} antwortete nach {time}</translation>
    </message>
    <message>
        <source>Replies</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>Slowest</source>
        <translation>Langsamste</translation>
    </message>
    <message>
        <source>Echo</source>
        <translation>Echo</translation>
    </message>
    <message>
        <source>There are no answers to messages of the customer yet.</source>
        <translation>Es gibt noch keine Antworten auf Nachrichten des Kunden.</translation>
    </message>
    <message>
        <source>Slowest first</source>
        <translation>Langsamste zuerst</translation>
    </message>
    <message>
        <source>Median time from sending a message until the service echoes it</source>
        <translation>Median der Zeit vom Senden einer Nachricht bis zum Echo des Dienstes</translation>
    </message>
    <message>
        <source>a choice or a file</source>
        <translation>eine Auswahl oder eine Datei</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Andere</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>You</source>
        <translation>Ich</translation>
    </message>
    <message>
        <source>Bot</source>
        <translation>Bot</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Sent {time}</source>
        <translation>Gesendet {time}</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>Wartet auf das Senden</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Wird gesendet…</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Neu senden</translation>
    </message>
    <message>
        <source>Send this message again</source>
        <translation>Diese Nachricht neu senden</translation>
    </message>
    <message>
        <source>The message could not be sent.</source>
        <translation>Die Nachricht konnte nicht gesendet werden.</translation>
    </message>
    <message>
        <source>Do not send</source>
        <translation>Nicht senden</translation>
    </message>
    <message>
        <source>Do not send this message</source>
        <translation>Diese Nachricht nicht senden</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>Text kopieren</translation>
    </message>
    <message>
        <source>A new conversation begins here</source>
        <translation>Hier beginnt eine neue Konversation</translation>
    </message>
    <message>
        <source>answered after {time}</source>
        <translation>beantwortet nach {time}</translation>
    </message>
    <message>
        <source>selected</source>
        <translation>ausgewählt</translation>
    </message>
    <message>
        <source>after {time}</source>
        <translation>nach {time}</translation>
    </message>
    <message>
        <source>Load earlier messages</source>
        <translation>Frühere Nachrichten laden</translation>
    </message>
    <message>
        <source>Loading earlier messages…</source>
        <translation>Frühere Nachrichten werden geladen…</translation>
    </message>
    <message>
        <source>There are no earlier messages</source>
        <translation>Es gibt keine früheren Nachrichten</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Load earlier messages, try again</source>
        <translation>Frühere Nachrichten noch einmal laden</translation>
    </message>
    <message>
        <source>The tab key walks over the links, Enter shows where one goes</source>
        <translation>Die Tabulatortaste geht durch die Links, Enter zeigt, wohin einer führt</translation>
    </message>
    <message>
        <source>Link {address}</source>
        <translation>Link {address}</translation>
    </message>
    <message>
        <source>{name} (agent)</source>
        <translation>{name} (Agent)</translation>
    </message>
    <message>
        <source>Ending the conversation through the Platform API</source>
        <translation>Die Konversation wird über die Platform API beendet</translation>
    </message>
    <message>
        <source>The conversation was ended through the Platform API</source>
        <translation>Die Konversation wurde über die Platform API beendet</translation>
    </message>
    <message>
        <source>Shows something to choose from</source>
        <translation>Zeigt etwas zur Auswahl</translation>
    </message>
    <message>
        <source>{name} joined</source>
        <translation>{name} ist beigetreten</translation>
    </message>
    <message>
        <source>{name} left</source>
        <translation>{name} ist gegangen</translation>
    </message>
    <message>
        <source>The chat could not start. {reason}</source>
        <translation>Der Chat konnte nicht starten. {reason}</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alle auswählen</translation>
    </message>
    <message>
        <source>Copy with time and sender</source>
        <translation>Mit Zeit und Absender kopieren</translation>
    </message>
    <message numerus="yes">
        <source>Copy {count} messages</source>
        <translation>
            <numerusform>{count} Nachricht kopieren</numerusform>
            <numerusform>{count} Nachrichten kopieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Jump to newest</source>
        <translation>Zum Neuesten</translation>
    </message>
    <message numerus="yes">
        <source>Jump to newest · {count} new messages</source>
        <translation>
            <numerusform>Zum Neuesten · {count} neue Nachricht</numerusform>
            <numerusform>Zum Neuesten · {count} neue Nachrichten</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} is typing…</source>
        <translation>{name} schreibt…</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message numerus="yes">
        <source>{count} hours</source>
        <translation>
            <numerusform>{count} Stunde</numerusform>
            <numerusform>{count} Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} minutes</source>
        <translation>
            <numerusform>{count} Minute</numerusform>
            <numerusform>{count} Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} seconds</source>
        <translation>
            <numerusform>{count} Sekunde</numerusform>
            <numerusform>{count} Sekunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Chat started {time}</source>
        <translation>Chat gestartet {time}</translation>
    </message>
    <message>
        <source>Chat resumed {time}</source>
        <translation>Chat fortgesetzt {time}</translation>
    </message>
    <message>
        <source>The attributes go with your first message</source>
        <translation>Die Attribute gehen mit der ersten Nachricht</translation>
    </message>
    <message>
        <source>You joined the conversation</source>
        <translation>Der Konversation beigetreten</translation>
    </message>
    <message>
        <source>You ended the conversation</source>
        <translation>Die Konversation beendet</translation>
    </message>
    <message>
        <source>You left the conversation</source>
        <translation>Die Konversation verlassen</translation>
    </message>
    <message>
        <source>You signed in</source>
        <translation>Angemeldet</translation>
    </message>
    <message>
        <source>{name} ended the conversation</source>
        <translation>{name} hat die Konversation beendet</translation>
    </message>
    <message>
        <source>The conversation was cleared</source>
        <translation>Die Konversation wurde geleert</translation>
    </message>
    <message>
        <source>This conversation has ended and can only be read</source>
        <translation>Diese Konversation ist beendet und kann nur gelesen werden</translation>
    </message>
    <message>
        <source>Connected again</source>
        <translation>Wieder verbunden</translation>
    </message>
    <message>
        <source>{reason} Next try in {seconds}</source>
        <translation>{reason} Nächster Versuch in {seconds}</translation>
    </message>
    <message>
        <source>The service asks to wait {seconds}. Messages go out after that</source>
        <translation>Der Dienst bittet, {seconds} zu warten. Danach gehen Nachrichten hinaus</translation>
    </message>
    <message>
        <source>What was written during the break could not be read. {reason}</source>
        <translation>Was während der Unterbrechung geschrieben wurde, konnte nicht gelesen werden. {reason}</translation>
    </message>
    <message numerus="yes">
        <source>{count} messages came during the break</source>
        <translation>
            <numerusform>{count} Nachricht kam während der Unterbrechung</numerusform>
            <numerusform>{count} Nachrichten kamen während der Unterbrechung</numerusform>
        </translation>
    </message>
    <message>
        <source>Without another message this session expires in {time}</source>
        <translation>Ohne weitere Nachricht läuft diese Session in {time} ab</translation>
    </message>
    <message>
        <source>This computer’s clock is {time} ahead of the service’s</source>
        <translation>Die Uhr dieses Computers geht {time} gegenüber dem Dienst vor</translation>
    </message>
    <message>
        <source>This computer’s clock is {time} behind the service’s</source>
        <translation>Die Uhr dieses Computers geht {time} gegenüber dem Dienst nach</translation>
    </message>
    <message>
        <source>You are signed in as {name}</source>
        <translation>Angemeldet als {name}</translation>
    </message>
    <message>
        <source>You are signed in</source>
        <translation>Angemeldet</translation>
    </message>
    <message>
        <source>The service sent something unexpected. The frames list shows it whole</source>
        <translation>Der Dienst hat etwas Unerwartetes gesendet. Die Frame-Liste zeigt es ganz</translation>
    </message>
    <message>
        <source>Chat ended. {reason}</source>
        <translation>Chat beendet. {reason}</translation>
    </message>
    <message>
        <source>signed in as {name}</source>
        <translation>angemeldet als {name}</translation>
    </message>
    <message>
        <source>signed in</source>
        <translation>angemeldet</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Konversation</translation>
    </message>
    <message>
        <source>The arrow keys move between the messages</source>
        <translation>Die Pfeiltasten gehen durch die Nachrichten</translation>
    </message>
    <message>
        <source>Show frame</source>
        <translation>Frame zeigen</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Start a test chat</source>
        <translation>Test-Chat starten</translation>
    </message>
    <message>
        <source>Type a CRM customer ID above and press Enter.</source>
        <translation>Oben eine CRM-Kunden-ID eingeben und Enter drücken.</translation>
    </message>
    <message>
        <source>Add an environment</source>
        <translation>Umgebung hinzufügen</translation>
    </message>
    <message>
        <source>The simulator plays Genesys Cloud on this computer: nothing leaves it.</source>
        <translation>Der Simulator spielt Genesys Cloud auf diesem Computer: Nichts verlässt ihn.</translation>
    </message>
    <message>
        <source>The chat goes to {name} at {place}.</source>
        <translation>Der Chat geht zu {name} unter {place}.</translation>
    </message>
</context>
<context>
    <name>WrongOrgDialog</name>
    <message>
        <source>Another org</source>
        <translation>Andere Organisation</translation>
    </message>
    <message>
        <source>No chat was started. Start anyway only if you know that {name} may be tested with them; gcdesk does not ask again for {name} until it is closed.</source>
        <translation>Es wurde kein Chat gestartet. Nur trotzdem starten, wenn sicher ist, dass {name} damit getestet werden darf; bis zum Schließen fragt gcdesk für {name} nicht noch einmal.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Start anyway</source>
        <translation>Trotzdem starten</translation>
    </message>
</context>
</TS>
