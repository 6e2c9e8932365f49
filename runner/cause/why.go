package cause

import (
	"fmt"
	"strings"
)

// explain says why the step failed, and what to do.
func (c *Cause) explain(st *state, unset []string) {
	name := "“" + c.Item.Name + "”"
	means, todo := meaning(st.request.Host, st.request.URL, st.body, st.code, st.status)
	switch {
	case len(unset) > 0 && st.bad():
		c.Why = strings.Join(unset, " and ") + isOrAre(unset) + " not set, and " + name + " " + st.came()
		c.Todo = fmt.Sprintf("use -e with an environment that has %s, or --env-var %q", unset[0], unset[0]+"=…")
		return
	case st.unanswered:
		c.Why = name + " got no response: " + st.failures[0].Message
	case st.status >= badRequest:
		c.Why = name + " " + st.came()
	case c.Silent:
		c.Why = fmt.Sprintf("%s answered %s, and its script set %s to undefined", name, statusText(st.status, st.reason), strings.Join(undefinedNames(st.flow.Left), " and "))
		c.Todo = "look at the response: it lacks what the script takes from it"
		return
	case len(st.failures) > 0:
		c.Why = fmt.Sprintf("%s failed: %s", name, st.failures[0].text())
		if left := undefinedNames(st.flow.Left); len(left) > 0 {
			c.Why += "; its script set " + strings.Join(left, " and ") + " to undefined"
			c.Todo = "look at the response: it lacks what the script takes from it"
		}
		return
	}
	if means != "" {
		c.Why += ": " + means
		c.Todo = todo
	}
}

// came is what became of the request, in words.
func (st *state) came() string {
	if st.unanswered {
		return "got no response"
	}
	return "answered " + statusText(st.status, st.reason)
}

// unset are the variables that the request lacked and that others did not do without.
func (j *Judge) unset(st *state) []string {
	var list []string
	for _, n := range st.request.Names {
		if n.Unset && n.Key != "" && j.harmless.lookup(st.step.Group, n.Key) == nil {
			list = append(list, n.Key)
		}
	}
	return list
}

func isOrAre(list []string) string {
	if len(list) == 1 {
		return " is"
	}
	return " are"
}

func undefinedNames(list []Left) []string {
	var names []string
	for _, l := range list {
		if l.State == Undefined {
			names = append(names, l.Name)
		}
	}
	return names
}

func statusText(status int, reason string) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", status, reason))
}

// text is a failure in one line.
func (f Failure) text() string {
	line, _, _ := strings.Cut(f.Message, "\n")
	if line == "" {
		return f.Name
	}
	return f.Name + ": " + line
}
