// Calls a function of a module for each of some lists of arguments.
// node functions.mjs SCRIPTS < { module, name, calls }
import { readFileSync } from "node:fs";

const { module, name, calls } = JSON.parse(readFileSync(0, "utf8"));
const functions = await import(`${process.argv[2]}/${module}`);
process.stdout.write(JSON.stringify(calls.map((own) => functions[name](...own))));
