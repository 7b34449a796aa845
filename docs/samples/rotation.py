"""Deletes the oldest backups that it made before, then makes a new one. It ends with a code other than 0 if anything fails."""

import json
import os
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime, timezone
from pathlib import Path

env = os.environ
state = Path(env.get("GEMINIDB_STATE") or "backups.json")
keep = env.get("GEMINIDB_KEEP") or "12"
wait = float(env.get("GEMINIDB_WAIT") or "10")
if not keep.isdecimal() or int(keep) < 1:
    sys.exit("GEMINIDB_KEEP must be a whole number, 1 or more")

# The backups that this script made, the oldest first.
try:
    made = json.loads(state.read_text())
except FileNotFoundError:  # the first run
    made = []
if not isinstance(made, list):
    sys.exit(f"{state} is not a list of backups")


def save():  # the old list stays where the new one cannot be written
    new = state.with_name(f"{state.name}.new")
    new.write_text(json.dumps(made))
    new.replace(state)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):  # a redirect would carry the token away
        return None


opener = urllib.request.build_opener(NoRedirect)


def token_from_iam():
    user = {
        "name": env["GEMINIDB_USERNAME"],
        "password": env["GEMINIDB_PASSWORD"],
        "domain": {"name": env["GEMINIDB_DOMAIN"]},
    }
    identity = {"methods": ["password"], "password": {"user": user}}
    scope = {"project": {"name": env["GEMINIDB_PROJECT"]}}
    request = urllib.request.Request(
        f"{env['GEMINIDB_IAM_URL']}/v3/auth/tokens?nocatalog=true",
        headers={"Content-Type": "application/json"},
        data=json.dumps({"auth": {"identity": identity, "scope": scope}}).encode(),
    )
    with opener.open(request, timeout=30) as response:
        return response.headers["X-Subject-Token"]


token = token_from_iam()


class Refused(Exception):
    def __init__(self, answer):
        super().__init__(answer)
        self.code = answer.get("error_code")


def call(method, path, body=None):
    """A call, again and again while the instance is busy."""
    request = urllib.request.Request(
        f"{env['GEMINIDB_URL']}/v3/{env['GEMINIDB_PROJECT_ID']}{path}",
        method=method,
        headers={"X-Auth-Token": token, "Content-Type": "application/json"},
        data=body and json.dumps(body).encode(),
    )
    for attempt in range(30):
        try:
            with opener.open(request, timeout=30) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            answer = json.load(error)
            busy = answer.get("error_code") in ("DBS.200019", "DBS.201015")
            if not busy or attempt == 29:
                raise Refused(answer) from error
            time.sleep(wait)


while len(made) >= int(keep):
    try:
        call("DELETE", f"/backups/{made[0]}")
        print("deleted", made[0])
    except Refused as error:
        if error.code != "DBS.201214":
            raise
        print("gone already:", made[0])
    made.pop(0)
    save()

# A name must be new each time.
name = datetime.now(timezone.utc).strftime("auto-%Y%m%d%H%M%S%f")
created = call("POST", f"/instances/{env['GEMINIDB_INSTANCE_ID']}/backups", {"name": name, "description": "Periodic backup"})
print("created", created["backup_id"])
made.append(created["backup_id"])
save()
