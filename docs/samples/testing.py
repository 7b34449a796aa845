"""The mock runs: npx geminidb-backup mock --port 4010"""

import json
import os
import unittest
import urllib.error
import urllib.request

env = os.environ


def call(method, path, body=None, **headers):
    request = urllib.request.Request(
        f"{env['GEMINIDB_URL']}/v3/{env['GEMINIDB_PROJECT_ID']}{path}",
        method=method,
        headers={"X-Auth-Token": "any", "Content-Type": "application/json", **headers},
        data=body and json.dumps(body).encode(),
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


class Backups(unittest.TestCase):
    def test_what_was_deleted_is_gone(self):
        backup = {"name": "from-python", "description": "For a test"}
        status, made = call("POST", f"/instances/{env['GEMINIDB_INSTANCE_ID']}/backups", backup)
        self.assertEqual(status, 202)
        path = f"/backups/{made['backup_id']}"
        self.assertEqual(call("DELETE", path)[0], 202)
        self.assertEqual(call("DELETE", path)[1]["error_code"], "DBS.201214")

    def test_a_failure_on_request(self):
        status, busy = call("DELETE", "/backups/any", Prefer="code=403, example=DBS.200019")
        self.assertEqual((status, busy["error_code"]), (403, "DBS.200019"))


unittest.main()
