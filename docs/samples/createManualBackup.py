import json
import os
import urllib.request

env = os.environ


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token away."""

    def redirect_request(self, *args):
        return None


urllib.request.install_opener(urllib.request.build_opener(NoRedirect))
request = urllib.request.Request(
    f"{env['BASE_URL']}/v3/{env['PROJECT_ID']}/instances/{env['INSTANCE_ID']}/backups",
    method="POST",
    headers={"X-Auth-Token": env["TOKEN"], "Content-Type": "application/json"},
    data=json.dumps({"name": "nightly", "description": "Before the release"}).encode(),
)
with urllib.request.urlopen(request, timeout=30) as response:
    print(response.read().decode())
