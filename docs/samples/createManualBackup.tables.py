import json
import os
import urllib.request

env = os.environ


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):  # a redirect would carry the token away
        return None


backup = {
    "name": "Creating_a_manual_database-_and_table-level_backup",
    "description": "Create a manual database- and table-level manual backup.",
    "database_tables": [
        {"database_name": "databaseNameA", "table_names": ["table_A", "table_B"]},
        {"database_name": "databaseNameB", "table_names": None},
    ],
}
request = urllib.request.Request(
    f"{env['GEMINIDB_URL']}/v3/{env['GEMINIDB_PROJECT_ID']}"
    f"/instances/{env['GEMINIDB_INSTANCE_ID']}/backups",
    method="POST",
    headers={
        "X-Auth-Token": env["GEMINIDB_TOKEN"],
        "Content-Type": "application/json",
    },
    data=json.dumps(backup).encode(),
)
opener = urllib.request.build_opener(NoRedirect)
with opener.open(request, timeout=30) as response:
    print(response.read().decode())
