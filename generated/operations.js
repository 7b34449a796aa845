// Generated from openapi/ by `npm run generate`. Do not edit.
export const packageVersion = "1.0.0";

export const operations = {
  "createManualBackup": {
    "method": "POST",
    "path": "/v3/{project_id}/instances/{instance_id}/backups",
    "parameters": [
      {
        "name": "project_id",
        "in": "path"
      },
      {
        "name": "instance_id",
        "in": "path"
      }
    ],
    "body": "properties",
    "mediaType": "application/json",
    "takenCode": "DBS.201201"
  },
  "deleteManualBackup": {
    "method": "DELETE",
    "path": "/v3/{project_id}/backups/{backup_id}",
    "parameters": [
      {
        "name": "project_id",
        "in": "path"
      },
      {
        "name": "backup_id",
        "in": "path"
      }
    ],
    "goneCode": "DBS.201214"
  }
};

export const servers = [
  {
    "url": "https://gaussdb-nosql.{region}.myhuaweicloud.com",
    "iamUrl": "https://iam.{region}.myhuaweicloud.com",
    "regions": [
      "af-south-1",
      "ap-southeast-1",
      "ap-southeast-2",
      "ap-southeast-3",
      "ap-southeast-4",
      "ap-southeast-5",
      "cn-east-2",
      "cn-east-3",
      "cn-east-4",
      "cn-north-1",
      "cn-north-2",
      "cn-north-4",
      "cn-north-9",
      "cn-north-11",
      "cn-south-1",
      "cn-south-2",
      "cn-south-4",
      "cn-southwest-2",
      "cn-southwest-3",
      "la-north-2",
      "la-south-2",
      "me-east-1",
      "ru-moscow-1",
      "ru-northwest-2",
      "sa-brazil-1",
      "tr-west-1"
    ]
  },
  {
    "url": "https://gaussdb-nosql.{region}.myhuaweicloud.eu",
    "iamUrl": "https://iam.{region}.myhuaweicloud.eu",
    "regions": [
      "eu-west-101"
    ]
  }
];

export const tokenHeader = "X-Auth-Token";

export const requestIdHeader = "x-request-id";

export const tokenRequest = {
  "path": "/v3/auth/tokens?nocatalog=true",
  "header": "X-Subject-Token",
  "maxBytes": 32768
};

export const errorRules = [
  {
    "status": 400,
    "code": "DBS.200001",
    "advice": "Correct the request."
  },
  {
    "status": 400,
    "code": "DBS.200010",
    "advice": "Check project_id, the credentials and the region."
  },
  {
    "status": 400,
    "code": "DBS.200047",
    "advice": "Wait until the instance is available, then repeat.",
    "later": true
  },
  {
    "status": 400,
    "code": "DBS.200604",
    "advice": "Use the account that owns the instance."
  },
  {
    "status": 400,
    "code": "DBS.201201",
    "advice": "The backup may come from a create whose response was lost, so check first. Otherwise choose another name."
  },
  {
    "status": 400,
    "code": "DBS.201204",
    "advice": "Wait until the instance is available, then repeat.",
    "later": true
  },
  {
    "status": 400,
    "code": "DBS.201212",
    "advice": "Send the backup_id from the response of a create. This operation deletes no automated backups."
  },
  {
    "status": 400,
    "code": "DBS.201214",
    "advice": "If it was deleted before, nothing is left to do. Otherwise check backup_id."
  },
  {
    "status": 400,
    "code": "DBS.201319",
    "advice": "Wait until the restoration has ended, then repeat.",
    "later": true
  },
  {
    "status": 400,
    "code": "DBS.280001",
    "advice": "Correct the request."
  },
  {
    "status": 400,
    "code": "DBS.280015",
    "advice": "Ask an administrator for the permission."
  },
  {
    "status": 400,
    "code": "DBS.280016",
    "advice": "Check the IDs in the request and the region."
  },
  {
    "status": 400,
    "code": "DBS.280042",
    "advice": "Correct the request."
  },
  {
    "status": 400,
    "code": "DBS.280063",
    "advice": "Ask an administrator for the permission."
  },
  {
    "status": 400,
    "code": "DBS.280124",
    "advice": "Send the backup_id from the response of a create. This operation deletes no automated backups."
  },
  {
    "status": 400,
    "code": "DBS.280127",
    "advice": "Correct description."
  },
  {
    "status": 400,
    "code": "DBS.280277",
    "advice": "Correct name."
  },
  {
    "status": 400,
    "code": "DBS.280347",
    "advice": "Leave out database_tables, unless the instance is GeminiDB Cassandra. If the request has none, this kind of instance cannot be backed up."
  },
  {
    "status": 400,
    "code": "DBS.280404",
    "advice": "Check instance_id, project_id and the region."
  },
  {
    "status": 400,
    "code": "DBS.280408",
    "advice": "Check project_id, the credentials and the region."
  },
  {
    "status": 401,
    "code": "APIGW.0301",
    "advice": "Get a new token, then repeat. With access keys, check them and the clock first.",
    "renew": true
  },
  {
    "status": 401,
    "code": "APIGW.0307",
    "advice": "Get a new token, then repeat.",
    "renew": true
  },
  {
    "status": 401,
    "anchor": "iam.401",
    "advice": "Get a new token, then repeat.",
    "renew": true
  },
  {
    "status": 403,
    "code": "APIGW.0302",
    "advice": "Ask an administrator for the permission."
  },
  {
    "status": 403,
    "code": "DBS.200011",
    "advice": "Wait until the instance is available, then repeat.",
    "later": true
  },
  {
    "status": 403,
    "code": "DBS.200018",
    "advice": "Wait until the instance is available, then repeat.",
    "later": true
  },
  {
    "status": 403,
    "code": "DBS.200019",
    "advice": "Wait until the other operation has ended, then repeat. If it stays, check the instance.",
    "repeat": "always",
    "wait": 10
  },
  {
    "status": 403,
    "code": "DBS.201000",
    "advice": "Wait until the instance is available, then repeat.",
    "later": true
  },
  {
    "status": 403,
    "code": "DBS.201014",
    "advice": "Wait until the instance is available, then repeat.",
    "later": true
  },
  {
    "status": 403,
    "code": "DBS.201015",
    "advice": "Wait until the other operation has ended, then repeat. If it stays, check the instance.",
    "repeat": "always",
    "wait": 10
  },
  {
    "status": 403,
    "code": "DBS.201028",
    "advice": "Check instance_id, project_id and the region."
  },
  {
    "status": 403,
    "code": "DBS.280032",
    "advice": "Ask an administrator for the permission."
  },
  {
    "status": 403,
    "code": "DBS.280056",
    "advice": "Get a new token, then repeat.",
    "renew": true
  },
  {
    "status": 404,
    "code": "APIGW.0101",
    "advice": "Check the host, the method and the path."
  },
  {
    "status": 404,
    "code": "DBS.200002",
    "advice": "Check instance_id, project_id and the region."
  },
  {
    "status": 413,
    "code": "APIGW.0201",
    "advice": "Send a body of at most 12 MB."
  },
  {
    "status": 429,
    "code": "APIGW.0308",
    "advice": "Wait 2 to 5 seconds, then repeat.",
    "repeat": "always",
    "wait": 2
  },
  {
    "status": 429,
    "code": "DBS.280443",
    "advice": "Wait 2 to 5 seconds, then repeat.",
    "repeat": "always",
    "wait": 2
  },
  {
    "status": 500,
    "code": "DBS.200998",
    "advice": "Wait, and check whether the backup exists before you repeat a create.",
    "repeat": "if-idempotent"
  },
  {
    "status": 500,
    "code": "DBS.280005",
    "advice": "Wait, and check whether the backup exists before you repeat a create.",
    "repeat": "if-idempotent"
  },
  {
    "status": 500,
    "code": "DBS.280064",
    "advice": "Wait, and check whether the backup exists before you repeat a create.",
    "later": true
  },
  {
    "status": 502,
    "code": "APIGW.0201",
    "anchor": "APIGW.0201-502",
    "advice": "Wait, and check whether the backup exists before you repeat a create.",
    "repeat": "if-idempotent"
  },
  {
    "status": 504,
    "code": "APIGW.0201",
    "anchor": "APIGW.0201-504",
    "advice": "Wait, and check whether the backup exists before you repeat a create.",
    "repeat": "if-idempotent"
  }
];
