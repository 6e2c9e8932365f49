// Package reporters lists the reporters. Each turns the events of a run into a report; they stand in one package a
// family.
package reporters

// Specs lists every reporter in the order in which help shows them.
func Specs() []Spec {
	return []Spec{
		cliSpec(),
		progressSpec(),
		emojitrainSpec(),
		jsonSpec(),
		junitSpec(),
		htmlSpec(),
		stepByStep(eventsSpec()),
		late(ctrfSpec()),
		late(tapSpec()),
		late(csvSpec()),
		teamcitySpec(),
		markdownSpec(),
		late(harSpec()),
		githubSpec(),
		gitlabSpec(),
		azureSpec(),
	}
}

// Find returns the reporter of that name. htmlextra, which many command lines of newman's users name, is html.
func Find(name string) (Spec, bool) {
	if name == "htmlextra" {
		name = "html"
	}
	for _, s := range Specs() {
		if s.Name == name {
			return s, true
		}
	}
	return Spec{}, false
}

// Names lists the reporters' names.
func Names() []string {
	var names []string
	for _, s := range Specs() {
		names = append(names, s.Name)
	}
	return names
}
