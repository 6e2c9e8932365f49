package schema

import "strings"

// A Dialect says which keywords a schema has, and what they mean.
type Dialect int

// The dialects, in the order of their age, so that "draft 6 and later" is a comparison. OAS30
// stands first since what it took over is draft 4 (in its words Wright draft 00, which
// changed no keyword that OpenAPI uses).
const (
	OAS30 Dialect = iota // OpenAPI 3.0 and Swagger 2.0: draft 4 with nullable, readOnly, writeOnly, discriminator
	Draft4
	Draft6
	Draft7
	Draft2019
	Draft2020 // OpenAPI 3.1
)

// booleanLimits says that exclusiveMinimum is a flag beside minimum; since draft 6 it is a
// number of its own.
func (d Dialect) booleanLimits() bool { return d <= Draft4 }

// refAlone says that keywords beside $ref have no meaning; 2019-09 made $ref a keyword like
// others.
func (d Dialect) refAlone() bool { return d < Draft2019 }

// itemsList says that items may be a list of schemas, with additionalItems behind it; 2020-12
// calls these prefixItems and items.
func (d Dialect) itemsList() bool { return d < Draft2020 }

// idKeyword is how a schema names itself: id became $id with draft 6, as id is a frequent
// name of a property.
func (d Dialect) idKeyword() string {
	if d <= Draft4 {
		return "id"
	}
	return "$id"
}

// DialectOf is the dialect of a $schema or jsonSchemaDialect, such as
// https://json-schema.org/draft/2020-12/schema. Scheme, host and a trailing # do not matter;
// false for URIs that it does not know.
func DialectOf(uri string) (Dialect, bool) {
	uri = strings.TrimSuffix(uri, "#")
	for name, d := range map[string]Dialect{
		"draft-04/schema": Draft4, "draft-06/schema": Draft6, "draft-07/schema": Draft7,
		"draft/2019-09/schema": Draft2019, "draft/2020-12/schema": Draft2020,
		"oas/3.1/dialect/base": Draft2020, "oas/3.1/dialect": Draft2020,
	} {
		if strings.HasSuffix(uri, name) {
			return d, true
		}
	}
	return 0, false
}
