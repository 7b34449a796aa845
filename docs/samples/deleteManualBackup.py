import os
import urllib.parse
import urllib.request

env = os.environ


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token away."""

    def redirect_request(self, *args):
        return None


urllib.request.install_opener(urllib.request.build_opener(NoRedirect))
request = urllib.request.Request(
    f"{env['BASE_URL']}/v3/{env['PROJECT_ID']}/backups/{urllib.parse.quote(env['BACKUP_ID'], safe='')}",
    method="DELETE",
    headers={"X-Auth-Token": env["TOKEN"]},
)
with urllib.request.urlopen(request, timeout=30) as response:
    print(response.read().decode())
