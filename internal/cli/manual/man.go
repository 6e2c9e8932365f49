package manual

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/option"
)

// ManTopic is the man page of a topic: posthaste-TOPIC(7).
func ManTopic(name, markdown, version string) string {
	var b strings.Builder
	header(&b, "posthaste-"+name, "7", version)
	fmt.Fprintf(&b, ".SH NAME\nposthaste\\-%s \\- %s\n.SH DESCRIPTION\n", escape(name), escape(Title(markdown)))
	for i, block := range parse(markdown) {
		switch {
		case i == 0: // the title
		case block.kind == heading:
			b.WriteString(".SH " + escape(strings.ToUpper(block.text)) + "\n")
		case block.kind == code:
			verbatim(&b, block.text)
		case block.kind == item:
			b.WriteString(".IP \\(bu 2\n" + prose(block.text) + "\n")
		default:
			b.WriteString(".PP\n" + prose(block.text) + "\n")
		}
	}
	return b.String()
}

// ManCommand is the man page of a command: posthaste-COMMAND(1).
func ManCommand(name, summary string, d *option.Description, version string) string {
	var b strings.Builder
	header(&b, "posthaste-"+name, "1", version)
	fmt.Fprintf(&b, ".SH NAME\nposthaste\\-%s \\- %s\n", escape(name), escape(summary))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n\\fBposthaste\\fR %s\n", escape(d.Page.Usage))
	if d.Page.About != "" {
		b.WriteString(".SH DESCRIPTION\n" + prose(d.Page.About) + "\n")
	}
	if len(d.Page.Examples) > 0 {
		b.WriteString(".SH EXAMPLES\n")
		for _, e := range d.Page.Examples {
			b.WriteString(".PP\n" + prose(e[1]+":") + "\n")
			verbatim(&b, e[0])
		}
	}
	if d.Flags != nil {
		b.WriteString(".SH OPTIONS\n")
		heading := ""
		d.Flags.VisitAll(func(f *pflag.Flag) {
			if f.Hidden {
				return
			}
			if group := option.GroupOf(f); group != heading {
				heading = group
				b.WriteString(".SS " + escape(group) + "\n")
			}
			value, text := option.Usage(f)
			b.WriteString(".TP\n" + flagNames(f, value) + "\n" + prose(text) + "\n")
		})
	}
	for _, t := range d.Page.Tables {
		b.WriteString(".SH " + escape(strings.ToUpper(t.Title)) + "\n")
		for _, r := range t.Rows {
			b.WriteString(".TP\n\\fB" + escape(r[0]) + "\\fR\n" + prose(r[1]) + "\n")
		}
		if t.Notes != "" {
			b.WriteString(".PP\n" + prose(t.Notes) + "\n")
		}
	}
	b.WriteString(".SH SEE ALSO\n\\fBposthaste\\fR(1)")
	for _, topic := range d.Page.See {
		fmt.Fprintf(&b, ", \\fBposthaste\\-%s\\fR(7)", escape(topic))
	}
	b.WriteString("\n")
	return b.String()
}

func header(b *strings.Builder, title, section, version string) {
	fmt.Fprintf(b, ".TH \"%s\" \"%s\" \"\" \"posthaste %s\" \"Posthaste\"\n.nh\n.ad l\n", strings.ToUpper(title), section, escape(version))
}

func flagNames(f *pflag.Flag, value string) string {
	text := "\\fB\\-\\-" + escape(f.Name) + "\\fR"
	if f.Shorthand != "" {
		text = "\\fB\\-" + f.Shorthand + "\\fR, " + text
	}
	switch {
	case value == "":
		return text
	case f.NoOptDefVal != "" && f.Value.Type() != "bool":
		return text + " [\\fI" + escape(value) + "\\fR]"
	}
	return text + " \\fI" + escape(value) + "\\fR"
}

func verbatim(b *strings.Builder, text string) {
	b.WriteString(".PP\n.RS 4\n.nf\n")
	for line := range strings.SplitSeq(text, "\n") {
		b.WriteString(guard(escape(line)) + "\n")
	}
	b.WriteString(".fi\n.RE\n")
}

// prose is a paragraph, with what stands in back quotes in bold.
func prose(text string) string {
	parts := strings.Split(text, "`")
	for i, part := range parts {
		parts[i] = escape(part)
		if i%2 == 1 {
			parts[i] = "\\fB" + parts[i] + "\\fR"
		}
	}
	return guard(strings.Join(parts, ""))
}

// escape makes a text that roff prints as it stands.
func escape(text string) string {
	return strings.NewReplacer(`\`, `\e`, "-", `\-`, "…", "...", "'", `\(aq`, "→", "->").Replace(text)
}

// guard keeps the first character of a line from being a command of roff.
func guard(line string) string {
	if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
		return `\&` + line
	}
	return line
}
