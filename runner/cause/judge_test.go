package cause_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"posthaste/runner/cause"
)

// A told step is one line of a table: what happened in it.
type told struct {
	item      string
	iteration int
	group     string
	method    string // POST when empty
	url       string // of https://api.test, "/ITEM" when empty
	names     string // that the request was made of: "token", "token!" when no scope has it, "token?" when it is void
	inURL     string
	about     string // the resource
	secrets   string // that it was authenticated with
	status    int    // 0: 200
	code      string // of a request without a response
	fails     string // names of failures, separated by commas
	left      string // "token=undefined"
	sets      string
	given     string
	reads     string
	retried   bool
	passes    bool // an assertion ran
}

func tell(j *cause.Judge, n int, s told) {
	step := cause.Step{ID: fmt.Sprint(n), Group: "0" + s.group, Iteration: s.iteration, Item: cause.Place{ID: s.item, Name: s.item}}
	q := cause.Request{Method: "POST", URL: "https://api.test/" + s.item, Host: "api.test"}
	if s.method != "" {
		q.Method = s.method
	}
	if s.url != "" {
		q.URL = "https://api.test" + s.url
	}
	for _, name := range strings.Fields(s.names) {
		key := strings.TrimRight(name, "!?")
		q.Names = append(q.Names, cause.Name{Key: key, Unset: strings.HasSuffix(name, "!"), Void: strings.HasSuffix(name, "?")})
	}
	j.Sent(step, q)
	if s.code != "" {
		j.Unanswered(step, q, s.code, s.code+" "+q.Host)
	} else {
		status := s.status
		if status == 0 {
			status = 200
		}
		j.Answered(step, status, "", nil)
	}
	if s.passes {
		j.Asserted(step)
	}
	for _, name := range strings.Fields(s.fails) {
		j.Asserted(step)
		j.Failed(step, cause.Failure{Name: name, Message: "no"})
	}
	for _, name := range strings.Fields(s.sets) {
		j.Set(step, name, false)
	}
	flow := cause.Flow{Read: strings.Fields(s.reads), Credentials: strings.Fields(s.secrets), URL: strings.Fields(s.inURL), Resource: s.about, Given: strings.Fields(s.given)}
	for _, l := range strings.Fields(s.left) {
		name, state, _ := strings.Cut(l, "=")
		flow.Left = append(flow.Left, cause.Left{Name: name, State: state})
	}
	j.Flows(step, flow)
	j.Finish(step, s.retried)
}

// shape is what was judged, in short: "login: create/ok, pay/ok", a line a cause.
func shape(j *cause.Judge) string {
	var lines []string
	for _, c := range j.Causes() {
		line := c.Item.Name
		if c.Silent {
			line += " (silent)"
		}
		if c.Times > 1 {
			line += fmt.Sprintf(" ×%d", c.Times)
		}
		line += ":"
		for _, q := range c.Consequences {
			line += " " + q.Item.Name + "/" + q.Name
			if q.Times > 1 {
				line += fmt.Sprintf("×%d", q.Times)
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestWhatFollowsFromWhat(t *testing.T) {
	login := told{item: "login", status: 401, fails: "ok", left: "token=undefined", secrets: "key"}
	tests := map[string]struct {
		give []told
		want string
	}{
		"a variable that was not set": {
			[]told{login, {item: "create", status: 401, names: "token?", fails: "ok"}, {item: "read", status: 401, names: "token?", fails: "ok more"}},
			"login: create/ok read/ok read/more",
		},
		"a variable that nobody used": {
			[]told{login, {item: "create", status: 500, fails: "ok"}},
			"login:\ncreate:",
		},
		"a variable that another step set": {
			[]told{login, {item: "again", sets: "token"}, {item: "create", status: 500, names: "token", fails: "ok"}},
			"login:\ncreate:",
		},
		"a variable that another step set to the value that it had": {
			[]told{{item: "login", status: 500, fails: "ok", left: "token=stale"}, {item: "again", given: "token"}, {item: "create", status: 500, names: "token", fails: "ok"}},
			"login:\ncreate:",
		},
		"a variable that the step itself sets after it was sent": {
			[]told{login, {item: "create", status: 401, names: "token?", fails: "ok", sets: "token"}, {item: "read", status: 404, names: "token", fails: "ok"}},
			"login: create/ok\nread:",
		},
		"a value of before, in a request that was taken": {
			[]told{{item: "order", status: 500, fails: "ok", left: "id=stale"}, {item: "read", names: "id", fails: "is new"}},
			"order: read/is read/new",
		},
		"the user's value, in a request that was taken": {
			[]told{{item: "login", status: 500, fails: "ok", left: "token=initial"}, {item: "read", names: "token", fails: "shape"}},
			"login:\nread:",
		},
		"the user's value, in a request that was refused": {
			[]told{{item: "login", status: 500, fails: "ok", left: "token=initial"}, {item: "read", names: "token", status: 401, fails: "ok"}},
			"login: read/ok",
		},
		"a chain": {
			[]told{login, {item: "create", status: 401, names: "token?", fails: "ok", left: "id=missing"}, {item: "read", status: 404, names: "id!", fails: "ok"}},
			"login: create/ok read/ok",
		},
		"a chain through a step that asserts nothing": {
			[]told{login, {item: "create", status: 401, names: "token?", left: "id=missing"}, {item: "read", status: 404, names: "id!", fails: "ok"}},
			"login: read/ok",
		},
		"a step that failed nothing and set undefined": {
			[]told{{item: "login", passes: true, left: "token=undefined"}, {item: "create", status: 401, names: "token?", fails: "ok"}},
			"login (silent): create/ok",
		},
		"an error status that no test looked at": {
			[]told{{item: "login", status: 500, left: "token=missing"}, {item: "create", status: 401, names: "token!", fails: "ok"}},
			"login (silent): create/ok",
		},
		"an error status that a test wanted": {
			[]told{{item: "login", status: 404, passes: true, left: "token=missing"}, {item: "create", status: 401, names: "token!", fails: "ok"}},
			"create:",
		},
		"a silent step from which nothing follows": {
			[]told{{item: "login", status: 500, left: "token=missing"}, {item: "create", status: 500, fails: "ok"}},
			"create:",
		},
		"a name that a script reads": {
			[]told{login, {item: "create", fails: "ok", reads: "token"}},
			"login: create/ok",
		},
		"a name that is masked": {
			[]told{{item: "login", status: 401, fails: "ok", left: "*****=undefined"}, {item: "create", status: 401, names: "*****?", fails: "ok"}},
			"login:\ncreate:",
		},
		"a credential that was refused": {
			[]told{{item: "a", status: 401, secrets: "key token", fails: "ok"}, {item: "b", status: 401, secrets: "token", fails: "ok"}, {item: "c", status: 403, secrets: "token", fails: "ok"}},
			"a: b/ok\nc:",
		},
		"another credential that was refused": {
			[]told{{item: "a", status: 401, secrets: "key", fails: "ok"}, {item: "b", status: 401, secrets: "token", fails: "ok"}},
			"a:\nb:",
		},
		"a credential that is new and refused again": {
			[]told{{item: "a", status: 401, secrets: "token", fails: "ok"}, {item: "login", sets: "token"}, {item: "b", status: 401, secrets: "token", fails: "ok"}},
			"a:\nb:",
		},
		"a host that nobody reaches": {
			[]told{{item: "a", code: "ENOTFOUND"}, {item: "b", code: "ENOTFOUND", fails: "ok"}, {item: "c", code: "ECONNREFUSED"}},
			"a: b/no response b/ok\nc:",
		},
		"responses that do not come in time": {
			[]told{{item: "a", code: "ESOCKETTIMEDOUT"}, {item: "b", code: "ESOCKETTIMEDOUT"}},
			"a:\nb:",
		},
		"what fails in a step without a response": {
			[]told{{item: "a", code: "ESOCKETTIMEDOUT", fails: "status body"}},
			"a: a/status a/body",
		},
		"a resource that was not made": {
			[]told{{item: "make", url: "/orders", names: "id base", inURL: "base", status: 500, fails: "ok"}, {item: "read", method: "GET", url: "/orders/7", names: "id base", inURL: "base id", status: 404, fails: "ok"}},
			"make: read/ok",
		},
		"another resource that is not there": {
			[]told{{item: "make", url: "/orders", names: "id base", inURL: "base", status: 500, fails: "ok"}, {item: "read", method: "GET", url: "/orders/8", names: "other base", inURL: "base other", status: 404, fails: "ok"}},
			"make:\nread:",
		},
		"a resource that was made the next time": {
			[]told{{item: "make", url: "/orders", names: "id", status: 500, fails: "ok"}, {item: "retry", sets: "id"}, {item: "read", method: "GET", url: "/orders/7", inURL: "id", status: 404, fails: "ok"}},
			"make:\nread:",
		},
		"a resource that was not put": {
			[]told{{item: "put", method: "PUT", url: "/orders/7", status: 500, fails: "ok"}, {item: "read", method: "GET", url: "/orders/7?full", status: 404, fails: "ok"}},
			"put: read/ok",
		},
		"a resource that was not changed": {
			[]told{
				{item: "capture", about: "/pay/1", status: 500, fails: "ok"},
				{item: "refund", about: "/pay/1", status: 400, fails: "ok"},
				{item: "read", method: "GET", about: "/pay/1", fails: "sum"},
				{item: "cancel", about: "/pay/1", status: 500, fails: "ok"},
				{item: "other", about: "/pay/2", status: 400, fails: "ok"},
			},
			"capture: refund/ok\nread:\ncancel:\nother:",
		},
		"a variable that nobody sets": {
			[]told{{item: "a", names: "base!", inURL: "base", status: 404, fails: "ok"}, {item: "b", names: "base!", inURL: "base", status: 404, fails: "ok"}, {item: "c", names: "base!", inURL: "base", status: 500, fails: "ok"}},
			"a: b/ok\nc:",
		},
		"a variable that nobody sets and nobody needs": {
			[]told{{item: "a", names: "note!", inURL: "note"}, {item: "b", names: "note!", inURL: "note", status: 404, fails: "ok"}, {item: "c", names: "note!", inURL: "note", status: 404, fails: "ok"}},
			"b:\nc:",
		},
		"a variable of a body that nobody sets": {
			[]told{{item: "b", names: "note!", status: 400, fails: "ok"}, {item: "c", names: "note!", status: 400, fails: "ok"}},
			"b:\nc:",
		},
		"an attempt that is tried again": {
			[]told{{item: "login", status: 500, fails: "ok", left: "token=missing", retried: true}, {item: "create", status: 401, names: "token!", fails: "ok"}},
			"create:",
		},
		"the same in three iterations": {
			[]told{{item: "a", status: 500, fails: "ok"}, {item: "a", iteration: 1, status: 500, fails: "ok"}, {item: "a", iteration: 2, status: 500, fails: "ok"}},
			"a ×3:",
		},
		"a value of an earlier iteration": {
			[]told{
				{item: "make", sets: "id"},
				{item: "read", names: "id", passes: true},
				{item: "make", iteration: 1, status: 500, fails: "ok"},
				{item: "read", iteration: 1, names: "id", fails: "fresh"},
			},
			"make: read/fresh",
		},
		"variables of another unit": {
			[]told{{item: "login", group: "/1", status: 401, fails: "ok", left: "token=missing"}, {item: "create", group: "/2", status: 401, names: "token!", fails: "ok"}},
			"login:\ncreate:",
		},
		"variables of the setup, in a unit": {
			[]told{login, {item: "create", group: "/2", status: 401, names: "token?", fails: "ok"}},
			"login: create/ok",
		},
		"variables of the setup that a unit set itself": {
			[]told{login, {item: "again", group: "/1", sets: "token"}, {item: "create", group: "/1", status: 500, names: "token", fails: "ok"}, {item: "create2", group: "/2", status: 401, names: "token?", fails: "ok"}},
			"login: create2/ok\ncreate:",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var j cause.Judge
			for i, s := range test.give {
				tell(&j, i, s)
			}
			if diff := cmp.Diff(test.want, shape(&j)); diff != "" {
				t.Errorf("judged differently (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFortyCollectionsThatFailByThemselves(t *testing.T) {
	ways := []told{
		{status: 500, names: "token", fails: "ok"},
		{status: 401, names: "token", secrets: "token", fails: "ok", left: "id=missing"},
		{names: "token", fails: "shape"},
		{code: "ESOCKETTIMEDOUT"},
		{status: 404, method: "GET", url: "/orders/1", names: "id", inURL: "id", fails: "ok"},
		{status: 500, url: "/orders", names: "id", fails: "ok", left: "id=missing"},
		{status: 400, names: "note!", fails: "ok"},
		{status: 200, names: "id", fails: "ok", left: "token=undefined"},
	}
	var j cause.Judge
	n := 0
	for i := range 40 {
		group := fmt.Sprintf("/c%d", i)
		s := ways[i%len(ways)]
		s.item, s.group = fmt.Sprint("item", i), group
		tell(&j, n, told{item: fmt.Sprint("first", i), group: group, sets: "token id", passes: true})
		tell(&j, n+1, s)
		n += 2
	}
	if causes, consequences := j.Count(); causes != 40 || consequences != 0 {
		t.Errorf("there are %d causes and %d consequences, want 40 and none:\n%s", causes, consequences, shape(&j))
	}
}

func TestWhatIsForgottenIsACause(t *testing.T) {
	var j cause.Judge
	tell(&j, 0, told{item: "login", status: 401, fails: "ok", left: "token=missing"})
	for i := range 5000 {
		tell(&j, i+1, told{item: fmt.Sprint("other", i), status: 500, fails: "ok", left: fmt.Sprintf("name%d=missing", i)})
	}
	tell(&j, 6000, told{item: "create", status: 401, names: "token!", fails: "ok"})
	causes, consequences := j.Count()
	if causes != 5002 || consequences != 0 {
		t.Errorf("there are %d causes and %d consequences, want 5002 and none", causes, consequences)
	}
	if kept := len(j.Causes()); kept > 500 {
		t.Errorf("%d causes are kept, at most 500 should be", kept)
	}
}

func TestEveryBookOfRulesIsRead(t *testing.T) {
	if n := len(cause.Books()); n != 2 {
		t.Fatalf("%d books are read, want 2", n)
	}
	if _, err := cause.ReadBook([]byte(`{"rules": [{"status": [400], "mean": "x"}]}`)); err == nil {
		t.Error("a member that is not known is no error")
	}
	if _, err := cause.ReadBook([]byte(`{"rules": [{"means": "x"}]}`)); err == nil {
		t.Error("a rule that fits everything is no error")
	}
}
