import json
import os
import urllib.request

env = os.environ


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token away."""

    def redirect_request(self, *args):
        return None


urllib.request.install_opener(urllib.request.build_opener(NoRedirect))


def call(method, path, body=None):
    request = urllib.request.Request(
        f"{env['BASE_URL']}/v3/{env['PROJECT_ID']}{path}",
        method=method,
        headers={"X-Auth-Token": env["TOKEN"], "Content-Type": "application/json"},
        data=body and json.dumps(body).encode(),
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)


backup = {"name": "nightly", "description": "Before the release"}
made = call("POST", f"/instances/{env['INSTANCE_ID']}/backups", backup)
print("made", made["backup_id"])
call("DELETE", f"/backups/{made['backup_id']}")
print("deleted", made["backup_id"])
