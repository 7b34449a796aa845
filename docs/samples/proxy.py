import os
import urllib.request

env = os.environ


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token away."""

    def redirect_request(self, *args):
        return None


proxies = {"http": env["PROXY_URL"], "https": env["PROXY_URL"]}
opener = urllib.request.build_opener(urllib.request.ProxyHandler(proxies), NoRedirect)
request = urllib.request.Request(
    f"{env['BASE_URL']}/v3/{env['PROJECT_ID']}/backups/{env['BACKUP_ID']}",
    method="DELETE",
    headers={"X-Auth-Token": env["TOKEN"]},
)
with opener.open(request, timeout=30) as response:
    print(response.read().decode())
