// Reads an OpenAPI document from standard input and says what is wrong with it; nothing where it's in order.
import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";

const validator = new Validator();
const result = await validator.validate(JSON.parse(readFileSync(0, "utf8")));
if (!result.valid) {
  console.log(JSON.stringify(result.errors, null, 1));
  process.exitCode = 1;
} else if (validator.version !== "3.1") {
  console.log(`it is of version ${validator.version}`);
  process.exitCode = 1;
}
