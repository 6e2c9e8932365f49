package golive_test

import (
	"io/fs"
	"strings"
	"testing"
	"time"

	"posthaste/collection"
	"posthaste/collections"
	"posthaste/internal/golive"
	"posthaste/runner/event"
)

// Each product has a checklist, and what it says of our collections is there.
func TestTheRulesAreTrue(t *testing.T) {
	for _, product := range golive.Products() {
		list, err := golive.Find(product)
		if err != nil {
			t.Fatal(err)
		}
		if len(list.Rows) == 0 || len(list.People) == 0 || !strings.HasPrefix(list.Source, "https://") {
			t.Errorf("%s: %d rows, %d for people, source %q", product, len(list.Rows), len(list.People), list.Source)
		}
		all := list.Rows
		for _, r := range list.Refused {
			all = append(all, golive.Rule{Method: r.Method, Collection: r.Collection, Request: r.Request})
		}
		for _, r := range all {
			if r.Collection == "" {
				continue
			}
			data, err := fs.ReadFile(collections.Files(), r.Collection)
			if err != nil {
				t.Fatal(err)
			}
			c, err := collection.Parse(r.Collection, data, collection.Options{})
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, item := range c.Requests() {
				path := strings.Join(append(item.Path(), item.Name), " / ")
				found = found || path == r.Request && item.Request.Method == r.Method
			}
			if !found {
				t.Errorf("%s: %s has no request %s %q", product, r.Collection, r.Method, r.Request)
			}
		}
	}
}

func TestWhatCountsAsEvidence(t *testing.T) {
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	const test, path = "https://apitest.vipps.no", "/epayment/v1/payments/r1/capture"
	const part = `{"modificationAmount":{"value":100,"currency":"NOK"}}`
	const answer = `{"reference":"r1","aggregate":{"authorizedAmount":{"value":500},"capturedAmount":{"value":100}}}`
	tests := map[string]struct {
		url, sent, answer, remote, asked string
		code                             int
		at                               time.Time
		simulated, cut                   bool
		full, part                       bool
		says                             string // in the row of the part
	}{
		"a part":                       {url: test + path, sent: part, answer: answer, code: 200, at: now, part: true, says: "reference r1"},
		"the full amount":              {url: test + path, sent: strings.Replace(part, "100", "500", 1), answer: answer, code: 200, at: now, full: true, says: "but it took the full amount; vipps-epayment-v1"},
		"a refusal":                    {url: test + path, sent: part, answer: answer, code: 400, at: now, says: "no such call"},
		"a month and a day old":        {url: test + path, sent: part, answer: answer, code: 200, at: now.AddDate(0, -1, -1), says: "more than a month old"},
		"a day short of a month":       {url: test + path, sent: part, answer: answer, code: 200, at: now.AddDate(0, -1, 1), part: true, says: "reference r1"},
		"tomorrow, by another clock":   {url: test + path, sent: part, answer: answer, code: 200, at: now.Add(20 * time.Hour), part: true, says: "reference r1"},
		"next week":                    {url: test + path, sent: part, answer: answer, code: 200, at: now.AddDate(0, 0, 7), says: "sent in the future"},
		"a body that is cut":           {url: test + path, sent: part, answer: answer, cut: true, code: 200, at: now, says: "do not show what it asks for"},
		"production":                   {url: "https://api.vipps.no" + path, sent: part, answer: answer, code: 200, at: now, says: "no host of the test environment"},
		"a simulator":                  {url: "http://127.0.0.1:8080" + path, sent: part, answer: answer, code: 200, at: now, says: "comes from a simulator"},
		"a simulator in a container":   {url: "http://sim:8080" + path, sent: part, answer: answer, code: 200, at: now, says: "comes from a simulator"},
		"that counts":                  {url: "http://sim:8080" + path, sent: part, answer: answer, code: 200, at: now, simulated: true, part: true, says: "reference r1"},
		"behind a map, in a container": {url: test + path, asked: "http://sim:8080" + path, remote: "172.18.0.2:8080", sent: part, answer: answer, code: 200, at: now, says: "comes from a simulator"},
		"a host that looks like Vipps": {url: "https://apitest.vipps.no.example.com" + path, sent: part, answer: answer, code: 200, at: now, says: "comes from a simulator"},
		"production never counts":      {url: "https://api.vipps.no" + path, sent: part, answer: answer, code: 200, at: now, simulated: true, says: "no host of the test environment"},
		"a dot at the end":             {url: "https://APITEST.vipps.no." + path, sent: part, answer: answer, code: 200, at: now, part: true, says: "reference r1"},
		"a simulator behind a map":     {url: test + path, sent: part, answer: answer, remote: "127.0.0.1:8080", code: 200, at: now, says: "comes from a simulator"},
		"a simulator that counts":      {url: "http://[::1]:8080" + path, sent: part, answer: answer, code: 200, at: now, simulated: true, part: true, says: "reference r1"},
		"an old one of a simulator":    {url: "http://localhost" + path, sent: part, answer: answer, code: 200, at: now.AddDate(0, -2, 0), simulated: true, says: "more than a month old"},
		"without amounts in the body":  {url: test + path, sent: "{}", answer: answer, code: 200, at: now, says: "these recordings do not show what it asks for"},
		"a call that looks like it":    {url: test + path + "/x", sent: part, answer: answer, code: 200, at: now, says: "no such call"},
		"without the time of sending":  {url: test + path, sent: part, answer: answer, code: 200, says: "does not tell when"},
	}
	list, err := golive.Find("epayment")
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := golive.New(list, golive.Options{Now: now, Simulated: test.simulated})
			q := event.Request{Method: "POST", URL: test.url, Asked: test.asked, Body: event.Body{Data: []byte(test.sent), Cut: test.cut}}
			step := event.Step{ID: "1"}
			if !test.at.IsZero() {
				r.Add("run", event.RequestSent{Step: step, Request: q, Time: test.at})
			}
			r.Add("run", event.ResponseReceived{Step: step, Request: q, Response: event.Response{Code: test.code, Remote: test.remote, Body: event.Body{Data: []byte(test.answer)}}})
			r.Add("run", event.ItemFinished{Step: step})
			rows := map[string]golive.Row{}
			for _, row := range r.List().Filled {
				rows[row.Text] = row
			}
			full, part := rows["Capture the full amount"], rows["Capture a part of the amount"]
			if full.Done != test.full || part.Done != test.part || !strings.Contains(part.Says(), test.says) {
				t.Errorf("full %t, part %t: %s", full.Done, part.Done, part.Says())
			}
		})
	}
}

// With one of the calls left out, exactly its row is open; with one of the errors, exactly the row about errors.
func TestOneCallLeftOutOpensItsRow(t *testing.T) {
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	list, err := golive.Find("recurring")
	if err != nil {
		t.Fatal(err)
	}
	calls := len(list.Rows)
	for left := -1; left < calls+len(list.Refused); left++ {
		r := golive.New(list, golive.Options{Now: now})
		add := func(i int, method, path string, code int) {
			if i == left {
				return
			}
			q := event.Request{Method: method, URL: "https://apitest.vipps.no" + strings.NewReplacer("{id}", "a", "{act}", "c").Replace(path)}
			for _, name := range []string{"idempotency-key", "vipps-system-name", "vipps-system-version", "vipps-system-plugin-name", "vipps-system-plugin-version"} {
				q.Header = append(q.Header, event.Header{Key: name, Value: "x"})
			}
			at := now.Add(time.Duration(i) * time.Second)
			r.Add("run", event.RequestSent{Request: q, Time: at})
			r.Add("run", event.ResponseReceived{Request: q, Response: event.Response{Code: code}})
		}
		for i, rule := range list.Rows {
			add(i, rule.Method, rule.Path, 200)
		}
		for i, rule := range list.Refused {
			add(calls+i, rule.Method, rule.Path, 404)
		}
		for i, row := range r.List().Filled {
			if row.Done == (i == min(left, calls)) {
				t.Errorf("without call %d row %d (%s) is done: %t", left, i, row.Text, row.Done)
			}
		}
	}
}

// A month is one of the calendar, also where the month before is shorter.
func TestAMonthIsAMonth(t *testing.T) {
	list, err := golive.Find("check-in")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		now, sent string
		counts    bool
	}{
		{"2026-11-30", "2026-10-30", true},
		{"2026-11-30", "2026-10-29", false},
		{"2026-03-31", "2026-03-01", true},
		{"2026-03-31", "2026-02-28", true},
		{"2026-03-31", "2026-02-27", false},
		{"2024-03-30", "2024-02-29", true},
		{"2024-03-30", "2024-02-28", false},
		{"2026-01-31", "2025-12-31", true},
		{"2026-01-01", "2025-12-01", true},
		{"2026-01-01", "2025-11-30", false},
	} {
		day := func(text string) time.Time {
			d, err := time.Parse(time.DateOnly, text)
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		r := golive.New(list, golive.Options{Now: day(test.now)})
		q := event.Request{Method: "POST", URL: "https://apitest.vipps.no/point-of-sale/v1/loyalty-check-in"}
		r.Add("run", event.RequestSent{Request: q, Time: day(test.sent)})
		r.Add("run", event.ResponseReceived{Request: q, Response: event.Response{Code: 200}})
		if got := r.List().Filled[0].Done; got != test.counts {
			t.Errorf("on %s what was sent on %s counts: %t", test.now, test.sent, got)
		}
	}
}
