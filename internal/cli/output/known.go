package output

import (
	"slices"
	"strings"

	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/internal/near"
	"posthaste/reporters"
	"posthaste/reporters/report"
)

// pageOptions are options of newman-reporter-htmlextra that our page has no counterpart of. A command line with them runs.
func pageOptions() []string {
	return []string{
		"template", "logs", "darkTheme", "browserTitle", "titleSize", "showEnvironmentData", "skipEnvironmentVars", "showGlobalData", "skipGlobalVars",
		"omitRequestBodies", "omitResponseBodies", "hideRequestBody", "hideResponseBody", "showFolderDescription", "timezone",
		"skipFolders", "skipRequests", "displayProgressBar", "showOnlyFails", "testPaging", "noSyntaxHighlighting",
		"skipSensitiveData", "showMarkdownLinks", "omitHeaders", "skipHeaders",
	}
}

// SetOptions takes the options of reporters, as they were typed. One that a selected reporter does not know is an error.
// One that changes nothing, since its reporter is not selected, is warned of: newman's command lines have such. Under
// --newman-compat nothing is said, as newman says nothing.
func (r *Settings) SetOptions(p *process.Process, typed [][2]string) error {
	r.Options = option.SortReporterOptions(typed, r.Names)
	if r.Compat {
		return nil
	}
	for _, t := range typed {
		if err := r.checkOption(p, t[0]); err != nil {
			return err
		}
	}
	return nil
}

// checkOption looks for whom an option is, such as html-title: the selected reporter, another one, or all that are selected.
func (r *Settings) checkOption(p *process.Process, typed string) error {
	if spec, name, ok := owner(typed); ok {
		switch {
		case !slices.Contains(r.Names, spec.Name):
			p.Warn("--reporter-%s changes nothing: the reporter %s is not selected (-r %s)", typed, spec.Name, spec.Name)
			return nil
		case knows(spec, name):
			return nil
		case spec.Name == "html" && slices.Contains(pageOptions(), option.Camel(name)):
			p.Warn("--reporter-%s changes nothing: the HTML report has no such option", typed)
			return nil
		}
		return process.Usage(optionHint(spec, name), "the reporter %s has no option %q", spec.Name, name)
	}
	for _, name := range r.Names {
		if spec, _ := reporters.Find(name); knows(spec, typed) && (typed != "export" || spec.Extension != "") {
			return nil
		}
	}
	if typed == "export" || slices.ContainsFunc(reporters.Specs(), func(s report.Spec) bool { return knows(s, typed) }) {
		p.Warn("--reporter-%s changes nothing: no selected reporter has that option", typed)
		return nil
	}
	var all []string
	for _, s := range reporters.Specs() {
		all = append(all, s.Name+"-export")
		for _, o := range s.Options {
			all = append(all, s.Name+"-"+o)
		}
	}
	hint := "options of reporters begin with the name of one: --reporter-junit-export FILE"
	if best := near.Names(typed, all, 1); len(best) > 0 {
		hint = "did you mean --reporter-" + best[0] + "?"
	}
	return process.Usage(hint, "no reporter has the option --reporter-%s", typed)
}

// owner finds the reporter whose name an option begins with; the longest such name wins.
func owner(typed string) (spec report.Spec, name string, ok bool) {
	for _, s := range reporters.Specs() {
		if rest, found := strings.CutPrefix(typed, s.Name+"-"); found && len(s.Name) > len(spec.Name) {
			spec, name, ok = s, rest, true
		}
	}
	return spec, name, ok
}

func knows(spec report.Spec, name string) bool {
	name = option.Camel(name)
	return name == "export" || slices.ContainsFunc(spec.Options, func(o string) bool { return option.Camel(o) == name })
}

func optionHint(spec report.Spec, name string) string {
	all := append([]string{"export"}, spec.Options...)
	if best := near.Names(name, all, 1); len(best) > 0 {
		return "did you mean --reporter-" + spec.Name + "-" + best[0] + "?"
	}
	return "its options are " + strings.Join(all, ", ")
}
