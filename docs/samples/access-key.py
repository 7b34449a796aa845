import hashlib
import hmac
import json
import os
import urllib.parse
import urllib.request
from datetime import datetime, timezone

env = os.environ


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):  # a redirect would carry the signature away
        return None


def signature(method, url):
    """The headers that sign a request without query and body."""
    host, path = urllib.parse.urlsplit(url)[1:3]
    date = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    names = "host;x-sdk-date"
    empty = hashlib.sha256(b"").hexdigest()
    request = f"{method}\n{path}/\n\nhost:{host}\nx-sdk-date:{date}\n\n{names}\n{empty}"
    text = f"SDK-HMAC-SHA256\n{date}\n{hashlib.sha256(request.encode()).hexdigest()}"
    key = env["GEMINIDB_SECRET_KEY"].encode()
    value = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    access = f"Access={env['GEMINIDB_ACCESS_KEY']}, SignedHeaders={names}, Signature={value}"
    return {"X-Sdk-Date": date, "Authorization": f"SDK-HMAC-SHA256 {access}"}


backup_id = urllib.parse.quote(env["GEMINIDB_BACKUP_ID"], safe="")
url = f"{env['GEMINIDB_URL']}/v3/{env['GEMINIDB_PROJECT_ID']}/backups/{backup_id}"
request = urllib.request.Request(url, method="DELETE", headers=signature("DELETE", url))
opener = urllib.request.build_opener(NoRedirect)
with opener.open(request, timeout=30) as response:
    print("deleting, job", json.load(response)["job_id"])
