# The unmodified openstack client, started once for many commands: a shell function hands it each command's words and prints what it says.
import contextlib
import io
import sys

from openstackclient import shell

asked, answered = sys.argv[1], sys.argv[2]
while True:
    with open(asked, "rb") as words:
        argv = [word.decode() for word in words.read().split(b"\0")[:-1]]
    if not argv:
        break
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            code = shell.OpenStackShell().run(argv)
        except SystemExit as ended:
            code = ended.code
    with open(answered, "w") as answer:
        answer.write(f"{code or 0}\n{out.getvalue()}")
