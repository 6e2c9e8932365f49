// Package schema compiles JSON Schemas and validates values by them: the dialect of OpenAPI 3.0 and Swagger 2.0, and drafts
// 4 to 2020-12. OpenAPI 3.1 uses the last one.
//
// It was written because what a contract asks of a validator no library has together, and none that was weighed starts in
// less than 0.3 ms: a failure names the line of the schema that asks; a value that is not known, such as a masked secret
// or a placeholder, fits any schema of its type; requests and responses are judged differently (readOnly, writeOnly); and
// one pass also says which properties and enum values were met, and which fields no schema knows. The JSON Schema Test
// Suite is what it is held against (suite_test.go).
//
// Schemas are compiled once, on demand, and are read only then: several goroutines may validate by one.
package schema
