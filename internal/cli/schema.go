package cli

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/lint"
	"posthaste/reporters"
)

// schemaCommand is `posthaste schema`: a JSON Schema of posthaste.yaml, for editors.
func schemaCommand(ctx context.Context, p *process.Process, args []string) error {
	flags := pflag.NewFlagSet("schema", pflag.ContinueOnError)
	page := option.Page{
		Usage:    "schema",
		About:    "Prints a JSON Schema of posthaste.yaml. Editors use it to complete keys and to mark mistakes.",
		Examples: [][2]string{{"posthaste schema > posthaste.schema.json", "Write it for an editor"}},
		See:      []string{"configuration"},
	}
	if helped, err := option.Parse(p, flags, page, args); helped || err != nil {
		return err
	}
	if err := noArguments("schema", flags.Args()); err != nil {
		return err
	}
	enc := json.NewEncoder(p.Stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(schemaOf(runDescription(ctx, p).Flags))
}

// A shape is a JSON Schema, or a part of one.
type shape map[string]any

// schemaOf is the schema of a file of these options. Keys may also be written as newman's library has them, in camel case.
func schemaOf(flags *pflag.FlagSet) shape {
	properties := shape{
		"collection": shape{"type": "string", "description": "the collection that is run when the command line names none"},
		"fence":      shape{"$ref": "#/$defs/texts", "description": "hosts that requests may be sent to, as allow-host"},
		"reporter":   reporterShape(),
		"lint":       lintShape(),
	}
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		properties[f.Name] = shapeOf(f)
		if camel := option.Camel(f.Name); camel != f.Name {
			properties[camel] = shapeOf(f)
		}
	})
	return shape{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "posthaste.yaml", "type": "object",
		"properties": properties, "additionalProperties": false,
		"$defs": shape{
			"text":  shape{"type": []string{"string", "number"}},
			"texts": shape{"anyOf": []shape{{"type": []string{"string", "number"}}, {"type": "array", "items": shape{"type": []string{"string", "number"}}}}},
		},
	}
}

// shapeOf is the schema of one option's value.
func shapeOf(f *pflag.Flag) shape {
	value, text := option.Usage(f)
	s := shape{"description": text}
	choices := option.Choices(f)
	_, several := f.Value.(pflag.SliceValue)
	switch {
	case f.Value.Type() == "bool":
		s["type"] = "boolean"
	case several && strings.Contains(value, "="):
		s["anyOf"] = []shape{{"$ref": "#/$defs/texts"}, {"type": "object", "additionalProperties": shape{"$ref": "#/$defs/text"}}}
	case several, f.Name == "reporters":
		s["$ref"] = "#/$defs/texts"
	case f.Name == "bail":
		s["enum"] = []any{true, false, "folder", "failure", "folder,failure"}
	case choices != nil:
		s["enum"] = choices
	case value == "N" && f.Name != "seed":
		s["type"] = "number"
		s["exclusiveMinimum"] = 0
	default:
		s["$ref"] = "#/$defs/text"
	}
	return s
}

func reporterShape() shape {
	byName := shape{}
	for _, spec := range reporters.Specs() {
		options := shape{"export": shape{"type": "string", "description": "the file of the report"}}
		for _, name := range spec.Options {
			options[name] = shape{"type": []string{"string", "number", "boolean"}}
			options[option.Camel(name)] = options[name]
		}
		byName[spec.Name] = shape{"type": "object", "description": spec.About, "properties": options, "additionalProperties": false}
	}
	byName["htmlextra"] = shape{"type": "object", "description": "html, by the name that newman's users know"}
	return shape{"type": "object", "description": "options of reporters", "properties": byName, "additionalProperties": false}
}

func lintShape() shape {
	rules := shape{}
	for _, r := range lint.Rules() {
		rules[r.ID] = shape{"enum": []any{"error", "warning", "info", "off", false}, "description": r.About}
	}
	ignore := shape{"type": "object", "properties": shape{"rule": shape{"type": "string"}, "path": shape{"type": "string"}}, "additionalProperties": false}
	return shape{
		"type": "object", "description": "what posthaste lint reports", "additionalProperties": false,
		"properties": shape{
			"rules":  shape{"type": "object", "properties": rules, "additionalProperties": false},
			"ignore": shape{"type": "array", "items": ignore},
		},
	}
}
