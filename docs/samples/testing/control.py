"""The mock runs: npx geminidb-backup mock --control"""

import json
import os
import unittest
import urllib.error
import urllib.request

base = os.environ.get("GEMINIDB_URL", "http://127.0.0.1:4010")


def call(method, path, body=None, **headers):
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", **headers}
    request = urllib.request.Request(base + path, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, json.loads(response.read() or b"null")
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def back_up(name):
    path = "/v3/my-project/instances/my-instance/backups"
    token = {"X-Auth-Token": "any"}
    return call("POST", path, {"name": name, "description": "For a test"}, **token)


class LostAnswer(unittest.TestCase):
    def setUp(self):
        call("POST", "/__mock/reset")

    def tearDown(self):
        status, problem = call("GET", "/__mock/verify")
        self.assertEqual(status, 204, problem)

    def test_a_busy_instance(self):
        replies = {"createManualBackup": [{"example": "DBS.200019"}]}
        call("POST", "/__mock/replies", replies)
        self.assertEqual(back_up("nightly")[1]["error_code"], "DBS.200019")
        self.assertEqual(back_up("nightly")[0], 202)

    def test_a_create_whose_answer_is_lost_is_made(self):
        call("POST", "/__mock/replies", {"createManualBackup": [{"fault": "reset"}]})
        with self.assertRaises(OSError):
            back_up("nightly")
        names = [backup.get("name") for backup in call("GET", "/__mock/backups")[1]]
        self.assertIn("nightly", names)
        self.assertEqual(call("GET", "/__mock/requests")[1][0]["answer"], "reset")


unittest.main()
