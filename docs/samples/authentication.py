import hashlib
import hmac
import json
import os
import urllib.request
from datetime import datetime, timezone
from urllib.parse import urlsplit

env = os.environ


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token away."""

    def redirect_request(self, *args):
        return None


urllib.request.install_opener(urllib.request.build_opener(NoRedirect))
url = f"{env['BASE_URL']}/v3/{env['PROJECT_ID']}/backups/{env['BACKUP_ID']}"


def token():
    """A token from IAM: it comes in a header of the answer."""
    user = {"name": "backup-robot", "password": env["PASSWORD"], "domain": {"name": "my-account"}}
    identity = {"methods": ["password"], "password": {"user": user}}
    request = urllib.request.Request(
        f"{env['IAM_URL']}/v3/auth/tokens?nocatalog=true",
        headers={"Content-Type": "application/json"},
        data=json.dumps({"auth": {"identity": identity, "scope": {"project": {"name": "ap-southeast-1"}}}}).encode(),
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        return {"X-Auth-Token": response.headers["X-Subject-Token"]}


def signature():
    """A signature with an access key pair, for a request without query and body."""
    host, path = urlsplit(url).netloc, urlsplit(url).path
    date = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    empty = hashlib.sha256(b"").hexdigest()
    request = f"DELETE\n{path}/\n\nhost:{host}\nx-sdk-date:{date}\n\nhost;x-sdk-date\n{empty}"
    text = f"SDK-HMAC-SHA256\n{date}\n{hashlib.sha256(request.encode()).hexdigest()}"
    value = hmac.new(env["SK"].encode(), text.encode(), hashlib.sha256).hexdigest()
    authorization = f"SDK-HMAC-SHA256 Access={env['AK']}, SignedHeaders=host;x-sdk-date, Signature={value}"
    return {"X-Sdk-Date": date, "Authorization": authorization}


for headers in (token(), signature()):
    with urllib.request.urlopen(urllib.request.Request(url, method="DELETE", headers=headers), timeout=30) as response:
        print("deleted, job", json.load(response)["job_id"])
