"""Not part of this package's description: a neighbouring call of the same API, by hand."""

import json
import os
import time
import urllib.request

env = os.environ


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token away."""

    def redirect_request(self, *args):
        return None


urllib.request.install_opener(urllib.request.build_opener(NoRedirect))
url = f"{env['BASE_URL']}/v3/{env['PROJECT_ID']}/jobs?id={env['JOB_ID']}"

while True:
    request = urllib.request.Request(url, headers={"X-Auth-Token": env["TOKEN"]})
    with urllib.request.urlopen(request, timeout=30) as response:
        job = json.load(response)["jobs"][0]
    print(job["status"])
    if job["status"] == "Completed":
        break
    if job["status"] == "Failed":
        raise SystemExit(job["fail_reason"])
    time.sleep(float(env.get("WAIT_SECONDS", "10")))
