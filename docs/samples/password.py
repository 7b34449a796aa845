import json
import os
import urllib.parse
import urllib.request

env = os.environ


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
    auth = {
        "identity": {"methods": ["password"], "password": {"user": user}},
        "scope": {"project": {"name": env["GEMINIDB_PROJECT"]}},
    }
    request = urllib.request.Request(
        f"{env['GEMINIDB_IAM_URL']}/v3/auth/tokens?nocatalog=true",
        headers={"Content-Type": "application/json"},
        data=json.dumps({"auth": auth}).encode(),
    )
    with opener.open(request, timeout=30) as response:
        return response.headers["X-Subject-Token"]


backup_id = urllib.parse.quote(env["GEMINIDB_BACKUP_ID"], safe="")
request = urllib.request.Request(
    f"{env['GEMINIDB_URL']}/v3/{env['GEMINIDB_PROJECT_ID']}/backups/{backup_id}",
    method="DELETE",
    headers={"X-Auth-Token": token_from_iam()},
)
with opener.open(request, timeout=30) as response:
    print("deleting, job", json.load(response)["job_id"])
