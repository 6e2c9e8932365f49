package cause

import (
	"slices"
	"strings"
)

// A Step says which step something belongs to.
type Step struct {
	ID        string
	Group     string // steps of one group share variables; a group has what the groups before each "/" of it have
	Iteration int
	Item      Place
}

// A Name is a variable that a request was made of.
type Name struct {
	Key   string
	Unset bool // no scope has it
	Void  bool // its value is empty, null or undefined
}

// A Request is what a step sent for itself.
type Request struct {
	Method, URL, Host string
	Names             []Name
}

// A Flow is what is known of the variables of a step that failed.
type Flow struct {
	Left        []Left
	Given       []string // set properly, whether the values changed or not
	Read        []string // by scripts that do not cope with their absence
	URL         []string // that the request's URL was made of
	Resource    string   // the URL as far as the last variable in its path
	Credentials []string // that the request's authentication was made of
}

// A Judge judges the steps of one run. The zero Judge is ready. It is told of everything that happens in a step before
// Finish, which ends it.
type Judge struct {
	causes         []*Cause
	more, followed int
	same           map[string]*Cause // by what failed, so that repetitions are one
	verdicts       map[string]Verdict
	open           map[string]*state
	last           string // the step that has a verdict
	spare          *state // of a step that is over and left nothing, for the next

	blamed    memory // variables that are missing or wrong, by group and name
	refused   memory // credentials, by group, host and name
	lost      memory // hosts, by error
	unchanged memory // resources that a request did not change, by URL
	unmade    memory // resources, by group and URL
	absent    memory // variables that nobody set, by group and name
	harmless  memory // those of them that a request was taken without
	habits    habits
}

// A state is what is known of a step under way.
type state struct {
	step       Step
	request    Request
	flow       Flow
	status     int
	reason     string
	code       string // of the request's error
	body       string
	unanswered bool
	asserted   bool
	failures   []Failure
	failed     int
	sets       []string
	used       []use  // what was wrong with its variables
	absent     *entry // a variable that was not set before either
}

// of is the state of a step that is under way. The item's name may come with a later event.
func (j *Judge) of(s Step) *state {
	st := j.open[s.ID]
	if st == nil {
		if j.open == nil {
			j.open = map[string]*state{}
		}
		if st = j.spare; st == nil {
			st = &state{}
		}
		j.spare = nil
		*st = state{step: s}
		j.open[s.ID] = st
	}
	if st.step.Item.Name == "" {
		st.step.Item = s.Item
	}
	return st
}

// Sent notes the request of the step itself.
func (j *Judge) Sent(s Step, r Request) {
	st := j.of(s)
	st.request = r
	j.note(st)
}

// Answered notes the response to it. The body's beginning is enough.
func (j *Judge) Answered(s Step, status int, reason string, body []byte) {
	st := j.of(s)
	st.status, st.reason = status, reason
	if status >= badRequest {
		st.body = clip(string(body[:min(len(body), mostText)]))
	}
}

// Unanswered notes that the step's request got no response.
func (j *Judge) Unanswered(s Step, r Request, code, message string) {
	st := j.of(s)
	if st.request.URL == "" {
		st.request = r
	}
	f := Failure{Name: "no response", Message: clip(message)}
	st.unanswered, st.code = true, code
	st.failed++
	st.failures = append([]Failure{f}, st.failures...) // what else failed follows from it
}

// Asserted notes that an assertion passed or failed.
func (j *Judge) Asserted(s Step) { j.of(s).asserted = true }

// Failed notes a failure of the step.
func (j *Judge) Failed(s Step, f Failure) {
	st := j.of(s)
	st.failed++
	if len(st.failures) < mostFailures {
		f.Message = clip(f.Message)
		st.failures = append(st.failures, f)
	}
}

// Set notes that a script gave a variable a value; void is one that is empty, null or undefined.
func (j *Judge) Set(s Step, name string, void bool) {
	if void {
		return
	}
	if len(j.blamed.entries)+len(j.refused.entries)+len(j.absent.entries)+len(j.unmade.entries) > 0 {
		j.heal(s.Group, name)
	}
	st := j.of(s)
	if len(st.sets) < mostFailures && !slices.Contains(st.sets, name) {
		st.sets = append(st.sets, name)
	}
}

// heal forgets what was wrong with a variable.
func (j *Judge) heal(group, name string) {
	key := group + "\x00" + name
	if _, blamed := j.blamed.get(key); !blamed && group != "" {
		j.blamed.put(key, nil, "") // it hides what an outer group has
	}
	j.blamed.heal(key)
	j.absent.forget(key)
	j.refused.forgetSuffix("\x00" + key)
	j.unmade.forgetSuffix("\x00" + key)
}

// Flows notes what is known of the variables of the step.
func (j *Judge) Flows(s Step, f Flow) { j.of(s).flow = f }

// Finish ends a step. One that is tried again leaves nothing behind but what it set.
func (j *Judge) Finish(s Step, retried bool) {
	st := j.open[s.ID]
	delete(j.open, s.ID)
	if j.last != "" {
		delete(j.verdicts, j.last)
		j.last = ""
	}
	if st == nil || retried {
		return
	}
	st.step.Item = s.Item
	v := j.judge(st)
	if v.Cause == nil {
		j.spare = st
		return
	}
	j.put(s.ID, v)
	j.last = s.ID
}

func (j *Judge) put(id string, v Verdict) {
	if j.verdicts == nil {
		j.verdicts = map[string]Verdict{}
	}
	j.verdicts[id] = v
}

// End judges the steps that were cut short.
func (j *Judge) End() {
	ids := make([]string, 0, len(j.open))
	for id := range j.open {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		st := j.open[id]
		delete(j.open, id)
		if v := j.judge(st); v.Cause != nil {
			j.put(id, v)
		}
	}
}

// Run notes a failure that belongs to no step, such as a limit that was not kept. It is a cause.
func (j *Judge) Run(f Failure, todo string) {
	c := &Cause{Item: Place{Name: f.Name}, Times: 1, Failed: 1, Failures: []Failure{f}, Why: f.Name + ": " + f.Message, Todo: todo}
	j.add(c)
}

// add keeps a bounded number of causes; how many more there were is counted.
func (j *Judge) add(c *Cause) {
	if len(j.causes) >= mostCauses {
		c.forgotten = true
		j.more++
		return
	}
	j.causes = append(j.causes, c)
}

// judge decides about a step that is over, and remembers what later ones may follow from.
func (j *Judge) judge(st *state) Verdict {
	silent := st.failed == 0
	wrong := !silent || st.status >= badRequest && !st.asserted || st.hasUndefined()
	j.harm(st)
	if !wrong {
		j.heals(st)
		j.habits.learn(st)
		return Verdict{}
	}
	left := j.left(st)
	root, through := j.reason(st)
	j.heals(st)
	v := Verdict{Cause: root, Follows: root != nil && !silent, Through: through}
	if root == nil {
		v.Cause = j.cause(st, left, silent)
	}
	if silent {
		j.remember(st, v.Cause, left)
		return Verdict{}
	}
	c := v.Cause
	switch {
	case v.Follows:
		v.First = c.Silent && c.Followed == 0
		j.reveal(c)
		for i, f := range st.failures {
			j.follow(c, st, f, through, st.count(i))
		}
	case st.unanswered && st.failed > 1:
		v.Within, v.Through = true, "the request got no response"
		for i, f := range st.failures[1:] {
			j.follow(c, st, f, v.Through, st.count(i+1))
		}
	}
	j.remember(st, c, left)
	return v
}

// heals notes what a step set to the value that it had.
func (j *Judge) heals(st *state) {
	for _, name := range st.flow.Given {
		j.heal(st.step.Group, name)
	}
}

// count is how many failures the i-th of those that are kept stands for.
func (st *state) count(i int) int {
	if i == len(st.failures)-1 {
		return st.failed - i
	}
	return 1
}

func (st *state) hasUndefined() bool {
	return slices.ContainsFunc(st.flow.Left, func(l Left) bool { return l.State == Undefined })
}

// cause returns the cause that a step is. One that failed in the same way before is the same.
func (j *Judge) cause(st *state, left []Left, silent bool) *Cause {
	key := st.signature()
	c := j.same[key]
	if c == nil {
		c = &Cause{
			Item: st.step.Item, Status: st.status, Reason: st.reason, Code: st.code, Body: st.body, Left: left,
			Failures: st.failures, Silent: silent,
		}
		if st.request.URL != "" {
			c.Sent = strings.TrimSpace(st.request.Method + " " + st.request.URL)
		}
		if st.unanswered && len(c.Failures) > 1 {
			c.Failures = c.Failures[:1:1] // the others follow from it
		}
		c.explain(st, j.unset(st))
		if j.same == nil {
			j.same = map[string]*Cause{}
		}
		if len(j.same) < 2*mostCauses {
			j.same[key] = c
		}
		if !silent {
			j.add(c)
		}
	}
	c.Times++
	c.Iterations = place(c.Iterations, st.step.Iteration)
	if c.Failed += st.failed; st.unanswered && st.failed > 1 {
		c.Failed += 1 - st.failed
	}
	return c
}

// reveal puts a cause that failed nothing itself among the others, as the first thing follows from it.
func (j *Judge) reveal(c *Cause) {
	if c.Silent && c.Followed == 0 && !c.forgotten {
		j.add(c)
	}
}

// follow notes a failure as a consequence, as many times as it stands for.
func (j *Judge) follow(c *Cause, st *state, f Failure, through string, times int) {
	c.Followed += times
	j.followed += times
	for i := range c.Consequences {
		k := &c.Consequences[i]
		if k.Item.ID == st.step.Item.ID && k.Item.Name == st.step.Item.Name && k.Name == f.Name {
			k.Times += times
			k.Iterations = place(k.Iterations, st.step.Iteration)
			return
		}
	}
	if len(c.Consequences) < mostConsequences {
		c.Consequences = append(c.Consequences, Consequence{
			Item: st.step.Item, Name: f.Name, Message: f.Message, Through: through,
			Iterations: []int{st.step.Iteration}, Times: times,
		})
	}
}

// signature says what failed, so that the same in another iteration is known for the same.
func (st *state) signature() string {
	var b strings.Builder
	group, _, _ := strings.Cut(st.step.Group, "/")
	b.WriteString(group + "\x00" + st.step.Item.ID + "\x00" + strings.Join(st.step.Item.Path, "\x00") + "\x00" + st.step.Item.Name + "\x00" + st.code + "\x00")
	b.WriteRune(rune(st.status))
	for _, f := range st.failures {
		b.WriteString("\x00" + f.Name)
	}
	return b.String()
}

func place(list []int, iteration int) []int {
	if len(list) >= mostPlaces || slices.Contains(list, iteration) {
		return list
	}
	return append(list, iteration)
}

// clip copies the text, so that a short message does not keep a large body in memory.
func clip(text string) string {
	if len(text) <= mostText {
		return strings.Clone(text)
	}
	cut := mostText
	for cut > 0 && text[cut]&0xc0 == 0x80 {
		cut--
	}
	return text[:cut] + "…"
}
