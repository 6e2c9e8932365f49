// Package schema is what scripts know as ajv and tv4, and what decides to.have.jsonSchema: JSON Schema
// validation with the options, the order of errors and the words of ajv 6.12.5 and tv4 1.3.0.
//
// Both validators walk script values directly. A general Go validator was weighed and left: it sees Go data
// and not the script's own objects, so it can neither fill in defaults, coerce types and remove properties in
// them, nor call a script's keywords and formats; and ajv's order of errors (by group of keywords, with
// "required" reported where the property stands), its stop at the first error, its quirks of schemaPath behind
// a $ref, and tv4's nested errors follow from how those two walk, which a tree of typed errors has lost.
//
// Not here: inline keywords, tv4's "describedby" links. Asking for an inline keyword throws; links have no effect.
//
// Hostile schemas and data are bounded: nesting, the number of schema nodes compiled and the number of checks
// of one validation end in a RangeError, and regular expressions are the realm's own, which have a time limit.
package schema
