// Generated from openapi/ by `npm run generate`. Do not edit.
export const operations = {
  "createManualBackup": {
    "method": "POST",
    "path": "/v3/{project_id}/instances/{instance_id}/backups",
    "parameters": {
      "project_id": "path",
      "instance_id": "path"
    },
    "body": "properties",
    "mediaType": "application/json",
    "hints": {
      "name": "The name of the backup: 4 to 64 characters, a letter first, then only letters, digits, `-` and `_`. Upper and lower case count as different.",
      "description": "A description of the backup: at most 256 characters, none of them one of `>!<\"&'=`. It must be there, but may be empty."
    }
  },
  "deleteManualBackup": {
    "method": "DELETE",
    "path": "/v3/{project_id}/backups/{backup_id}",
    "parameters": {
      "project_id": "path",
      "backup_id": "path"
    },
    "hints": {}
  }
};

export const servers = [
  {
    "url": "https://gaussdb-nosql.{region}.myhuaweicloud.com",
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
    ],
    "iam": "https://iam.{region}.myhuaweicloud.com"
  },
  {
    "url": "https://gaussdb-nosql.{region}.myhuaweicloud.eu",
    "regions": [
      "eu-west-101"
    ],
    "iam": "https://iam.{region}.myhuaweicloud.eu"
  }
];

export const credentials = {
  "tokenHeader": "X-Auth-Token",
  "tokenRequest": {
    "path": "/v3/auth/tokens?nocatalog=true",
    "header": "X-Subject-Token"
  },
  "secretHeaders": [
    "x-auth-token",
    "authorization"
  ]
};

export const errors = [
  {
    "advice": "Correct the request: compare each field with this reference.",
    "codes": "DBS.200001 DBS.280001 DBS.280042"
  },
  {
    "advice": "Check the credentials, and that they belong to this project and region.",
    "codes": "DBS.200010"
  },
  {
    "advice": "Wait until the instance is available, then send the request again.",
    "codes": "DBS.200047 DBS.201204 DBS.200011 DBS.200018 DBS.201000 DBS.201014"
  },
  {
    "advice": "Use credentials of the account that owns the instance.",
    "codes": "DBS.200604"
  },
  {
    "advice": "Choose another name, or delete the older backup first.",
    "codes": "DBS.201201"
  },
  {
    "advice": "Send the backup_id that the create answered. Automated backups cannot be deleted this way.",
    "codes": "DBS.201212 DBS.280124"
  },
  {
    "advice": "There is nothing left to delete, or backup_id is wrong.",
    "codes": "DBS.201214"
  },
  {
    "advice": "Wait until the restoration has ended, then send the request again.",
    "codes": "DBS.201319"
  },
  {
    "advice": "Ask an administrator to grant the permission that the operation names.",
    "codes": "DBS.280015 DBS.280063 APIGW.0302 DBS.280032"
  },
  {
    "advice": "Check instance_id and project_id, and that the host is the one of the instance's region.",
    "codes": "DBS.280016 DBS.280404 DBS.201028 DBS.200002"
  },
  {
    "advice": "Correct description.",
    "codes": "DBS.280127"
  },
  {
    "advice": "Correct name.",
    "codes": "DBS.280277"
  },
  {
    "advice": "Use an instance of a supported kind, and send database_tables for GeminiDB Cassandra only.",
    "codes": "DBS.280347"
  },
  {
    "advice": "Check project_id: it must be the project of the credentials, in the region of the host.",
    "codes": "DBS.280408"
  },
  {
    "advice": "Get a new token, then send the request again.",
    "newToken": true,
    "codes": "APIGW.0301 DBS.280056"
  },
  {
    "advice": "Get a new token, then send the request again.",
    "transient": "token",
    "newToken": true,
    "codes": "APIGW.0307"
  },
  {
    "advice": "Wait until the other operation has ended, then send the request again. Nothing was started.",
    "transient": "busy",
    "codes": "DBS.200019 DBS.201015"
  },
  {
    "advice": "Check the host, the method and the path.",
    "codes": "APIGW.0101"
  },
  {
    "advice": "Send a smaller body: the gateway takes at most 12 MB.",
    "codes": "APIGW.0201@413"
  },
  {
    "advice": "Wait a little. Before you repeat a create, look whether the backup exists.",
    "transient": "server",
    "codes": "APIGW.0201@502 APIGW.0201@504 DBS.200998 DBS.280005"
  },
  {
    "advice": "Wait 2 to 5 seconds, then send the request again.",
    "transient": "throttled",
    "codes": "APIGW.0308 DBS.280443"
  },
  {
    "advice": "Wait a little. Before you repeat a create, look whether the backup exists.",
    "codes": "DBS.280064"
  }
];
