package report

import (
	"encoding/json"
	"fmt"
	"strings"

	"posthaste/runner/cause"
	"posthaste/runner/event"
)

// A Story is what went wrong in a run, as it is kept and told: causes, each with what followed from it.
type Story struct {
	Run    string // name of the collection
	Many   bool   // the run had, or may have had, several iterations
	Causes []*cause.Cause
	// Left is how many causes are not among them.
	Left int
}

// NewStory is the story of a run that is over.
func NewStory(run event.RunStarted, s *event.Summary) Story {
	n, _ := s.Caused()
	return Story{Run: run.Collection.Name, Many: IsMany(run), Causes: s.Causes(), Left: n - len(s.Causes())}
}

// JSON is the story as it is kept: a Story can be unmarshalled from it.
func (s Story) JSON() ([]byte, error) {
	if len(s.Causes) > 0 {
		return json.Marshal(s)
	}
	// Most runs have no cause, and encoding/json would look at the type of a Cause through and through.
	return json.Marshal(struct {
		Run    string
		Many   bool
		Causes []struct{}
		Left   int
	}{s.Run, s.Many, nil, s.Left})
}

type (
	storyItem struct {
		ID   string   `json:"id"`
		Path []string `json:"path"`
		Name string   `json:"name"`
	}
	storyConsequence struct {
		Item    storyItem `json:"item"`
		Name    string    `json:"name"`
		Message string    `json:"message"`
	}
	storyCause struct {
		Item         storyItem          `json:"item"`
		Why          string             `json:"why"`
		Todo         string             `json:"todo"`
		Consequences []storyConsequence `json:"consequences"`
	}
)

// Shape is the story's causes for JSON, as explain and the json report have them.
func (s Story) Shape() any {
	list := []storyCause{}
	for _, c := range s.Causes {
		told := storyCause{Item: itemShape(c.Item), Why: c.Why + PlacesText(c.Iterations, c.Times, s.Many), Todo: c.Todo, Consequences: []storyConsequence{}}
		for _, q := range c.Consequences {
			told.Consequences = append(told.Consequences, storyConsequence{itemShape(q.Item), q.Name + PlacesText(q.Iterations, q.Times, s.Many), q.Message})
		}
		list = append(list, told)
	}
	return list
}

func itemShape(p cause.Place) storyItem {
	if p.Path == nil {
		p.Path = []string{}
	}
	return storyItem{p.ID, p.Path, p.Name}
}

// Text tells the story to a person.
func (s Story) Text() string {
	var b strings.Builder
	consequences := 0
	for _, c := range s.Causes {
		consequences += c.Followed
	}
	fmt.Fprintf(&b, "%s: %s, %s\n", OneLine(s.Run), Count(len(s.Causes)+s.Left, "cause"), Count(consequences, "consequence"))
	for i, c := range s.Causes {
		s.cause(&b, i+1, c)
	}
	if s.Left > 0 {
		fmt.Fprintf(&b, "\n… and %s\n", Count(s.Left, "more cause"))
	}
	return b.String()
}

// cause tells one cause: where, why, what was sent, what came, and what followed from it.
func (s Story) cause(b *strings.Builder, n int, c *cause.Cause) {
	fmt.Fprintf(b, "\n%d. %s%s\n   %s\n", n, OneLine(CausePath(c.Item)), PlacesText(c.Iterations, c.Times, s.Many), OneLine(c.Why))
	if chain := chainText(c); chain != "" {
		fmt.Fprintf(b, "   %s\n", OneLine(chain))
	}
	if c.Sent != "" {
		fmt.Fprintf(b, "\n   sent: %s\n", OneLine(c.Sent))
	}
	switch {
	case c.Status != 0:
		fmt.Fprintf(b, "   came: %s\n", OneLine(fmt.Sprintf("%d %s", c.Status, c.Reason)))
	case c.Code != "":
		fmt.Fprintf(b, "   came: no response (%s)\n", OneLine(c.Code))
	}
	const mostBody = 500
	if c.Body != "" {
		fmt.Fprintf(b, "   body: %s\n", OneLine(Clip(c.Body, mostBody)))
	}
	for _, f := range c.Failures {
		line := f.Name
		if f.Message != "" {
			line += ": " + f.Message
		}
		if f.Where != "" {
			line += " (" + f.Where + ")"
		}
		fmt.Fprintf(b, "   failed: %s\n", OneLine(Clip(line, mostBody)))
	}
	if c.Todo != "" {
		fmt.Fprintf(b, "   to do: %s\n", OneLine(c.Todo))
	}
	if c.Followed > 0 {
		const most = 50
		fmt.Fprintf(b, "\n   %s:\n", Count(c.Followed, "consequence"))
		for _, line := range ConsequenceLines(c, most, s.Many) {
			fmt.Fprintf(b, "   - %s\n", line)
		}
	}
}

// chainText is how the first consequences came about: "Get token answered 401 → access_token is undefined → 18 failures".
func chainText(c *cause.Cause) string {
	if len(c.Consequences) == 0 {
		return ""
	}
	first := "“" + c.Item.Name + "” failed"
	switch {
	case c.Status != 0:
		first = fmt.Sprintf("“%s” answered %d", c.Item.Name, c.Status)
	case c.Code != "":
		first = "“" + c.Item.Name + "” got no response"
	}
	through := c.Consequences[0].Through
	n := 0
	for _, q := range c.Consequences {
		if q.Through == through {
			n += q.Times
		}
	}
	if through == "" {
		return ""
	}
	return first + " → " + through + " → " + Count(n, "failure")
}
