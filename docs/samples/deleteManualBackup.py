import os
import urllib.parse
import urllib.request

env = os.environ


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):  # a redirect would carry the token away
        return None


backup_id = urllib.parse.quote(env["GEMINIDB_BACKUP_ID"], safe="")
request = urllib.request.Request(
    f"{env['GEMINIDB_URL']}/v3/{env['GEMINIDB_PROJECT_ID']}/backups/{backup_id}",
    method="DELETE",
    headers={"X-Auth-Token": env["GEMINIDB_TOKEN"]},
)
opener = urllib.request.build_opener(NoRedirect)
with opener.open(request, timeout=30) as response:
    print(response.read().decode())
