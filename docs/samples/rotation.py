"""Makes a backup, keeps the newest few, deletes the rest. For cron: it ends with 1 if anything went wrong."""

import json
import os
import urllib.error
import urllib.request
from datetime import datetime, timezone
from pathlib import Path

env = os.environ


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token away."""

    def redirect_request(self, *args):
        return None


urllib.request.install_opener(urllib.request.build_opener(NoRedirect))
state = Path(env.get("STATE", "backups.json"))


def call(method, path, body=None):
    request = urllib.request.Request(
        f"{env['BASE_URL']}/v3/{env['PROJECT_ID']}{path}",
        method=method,
        headers={"X-Auth-Token": env["TOKEN"], "Content-Type": "application/json"},
        data=body and json.dumps(body).encode(),
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)


kept = json.loads(state.read_text()) if state.exists() else []
name = datetime.now(timezone.utc).strftime("auto-%Y%m%d%H%M%S%f")
made = call("POST", f"/instances/{env['INSTANCE_ID']}/backups", {"name": name, "description": ""})
kept.append(made["backup_id"])
state.write_text(json.dumps(kept))
print("made", made["backup_id"])

while len(kept) > int(env.get("KEEP", "12")):
    try:
        call("DELETE", f"/backups/{kept[0]}")
        print("deleted", kept[0])
    except urllib.error.HTTPError as error:
        if json.load(error).get("error_code") != "DBS.201214":
            raise
        print("gone already:", kept[0])
    kept.pop(0)
    state.write_text(json.dumps(kept))
