// What a server of node:http costs that reads a body and answers: the floor of the mock's figures.
import { createServer } from "node:http";

const body = '{"job_id":"8061ceaf-b319-4315-9338-7f3de8e26f05","backup_id":"646d88d0b03f4fd2ae944ae2a33bcb6ain06"}';
const server = createServer((request, response) => {
  request.resume().on("end", () => {
    response.writeHead(202, { "content-type": "application/json", "content-length": body.length }).end(body);
  });
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
