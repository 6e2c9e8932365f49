package golive_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"posthaste/internal/golive"
	"posthaste/runner/event"
)

// A sent is a call of a table: when it was sent in seconds, and what came.
type sent struct {
	at           float64
	method, path string
	body         string
	code         int
	answer       string
}

// row returns a row of the list that calls to the test environment fill in, and whether it is left to a person.
func row(t *testing.T, product, text string, calls []sent) (row golive.Row, forPeople bool) {
	t.Helper()
	list, err := golive.Find(product)
	if err != nil {
		t.Fatal(err)
	}
	begin := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	r := golive.New(list, golive.Options{Now: begin})
	for i, c := range calls {
		q := event.Request{Method: c.method, URL: "https://apitest.vipps.no" + c.path, Body: event.Body{Data: []byte(c.body)}}
		step := event.Step{ID: fmt.Sprint(i)}
		r.Add("run", event.RequestSent{Step: step, Request: q, Time: begin.Add(time.Duration(c.at * float64(time.Second)))})
		r.Add("run", event.ResponseReceived{Step: step, Request: q, Response: event.Response{Code: c.code, Body: event.Body{Data: []byte(c.answer)}}})
	}
	filled := r.List()
	for _, one := range filled.Filled {
		if strings.HasPrefix(one.Text, text) {
			return one, false
		}
	}
	for _, one := range filled.People {
		if strings.HasPrefix(one.Text, text) {
			return golive.Row{}, true
		}
	}
	t.Fatalf("%s has no row %q", product, text)
	return
}

func TestReferencesAreAsRecommended(t *testing.T) {
	for id, good := range map[string]bool{
		"acme-shop-123-order123abc": true, "a23456": true, "123-456": true, "2c2a838c-5a88-4b3a-ab9f-e884b92b9bec": true, strings.Repeat("a", 64): true, "******": false,
		"a2345": false, "123456": false, "0a3456": false, "order 1": false, "order_1": false, "ørder1": false, strings.Repeat("a", 65): false, "": false,
	} {
		got, _ := row(t, "epayment", "References have", []sent{
			{0, "POST", "/epayment/v1/payments", fmt.Sprintf(`{"reference":%q}`, id), 201, "{}"},
			{1, "POST", "/epayment/v1/payments", `{"reference":"!"}`, 400, "{}"}, // refused, so that there is no payment of this name
		})
		if got.Done != good || !good && id != "******" && id != "" && !strings.Contains(got.Says(), fmt.Sprintf("%q is not so", id)) {
			t.Errorf("%q: done is %t: %s", id, got.Done, got.Says())
		}
	}
}

func TestALoopAfterA5xx(t *testing.T) {
	const path = "/epayment/v1/payments/r-12345"
	times := func(code int, at ...float64) (calls []sent) {
		for _, s := range at {
			calls = append(calls, sent{s, "GET", path, "", code, "{}"})
		}
		return calls
	}
	for name, test := range map[string]struct {
		calls []sent
		done  bool
	}{
		"no answer is a 5xx":             {times(200, 0, 0.1, 0.2, 0.3, 0.4), true},
		"three tries at once":            {times(503, 0, 0.1, 0.2), true},
		"four tries at once":             {times(503, 0, 0.1, 0.2, 0.3), false},
		"ten tries with growing pauses":  {times(500, 0, 1, 3, 7, 15, 31, 63), true},
		"success between them":           {append(times(503, 0, 0.1), append(times(200, 0.2), times(503, 0.3, 0.4)...)...), true},
		"a 4xx is the caller's own":      {times(404, 0, 0.1, 0.2, 0.3, 0.4), true},
		"two calls that take their turn": {[]sent{{0, "GET", path, "", 500, ""}, {0.1, "GET", path + "/events", "", 500, ""}, {0.2, "GET", path, "", 500, ""}, {0.3, "GET", path + "/events", "", 500, ""}, {0.4, "GET", path, "", 500, ""}, {0.5, "GET", path, "", 500, ""}}, false},
		"nothing was sent":               {nil, false},
	} {
		if got, _ := row(t, "epayment", "No call is repeated", test.calls); got.Done != test.done {
			t.Errorf("%s: done is %t: %s", name, got.Done, got.Says())
		}
	}
}

// What happened to happen in a recording fills in a row for a person; else it stays one.
func TestRowsForPeopleThatTrafficShows(t *testing.T) {
	const path = "/epayment/v1/payments/r-12345"
	made := sent{0, "POST", "/epayment/v1/payments", `{"reference":"r-12345"}`, 201, "{}"}
	look := func(state string, at ...float64) (calls []sent) {
		for _, s := range at {
			calls = append(calls, sent{s, "GET", path, "", 200, fmt.Sprintf(`{"state":%q}`, state)})
		}
		return calls
	}
	for name, test := range map[string]struct {
		text   string
		calls  []sent
		person bool
		done   bool
	}{
		"both states":                     {"The states ABORTED", append(look("ABORTED", 1), look("EXPIRED", 2)...), false, true},
		"one of the states":               {"The states ABORTED", look("ABORTED", 1, 2), true, false},
		"a receipt":                       {"Receipts", []sent{{0, "POST", "/order-management/v2/ecom/receipts/r-12345", "{}", 200, "{}"}}, false, true},
		"a receipt that is refused":       {"Receipts", []sent{{0, "POST", "/order-management/v2/ecom/receipts/r-12345", "{}", 400, "{}"}}, true, false},
		"polling as it is recommended":    {"Payments are polled", append([]sent{made}, look("CREATED", 5, 7, 9)...), false, true},
		"polling from the first second":   {"Payments are polled", append([]sent{made}, look("CREATED", 1, 7, 9)...), false, false},
		"polling every second":            {"Payments are polled", append([]sent{made}, look("CREATED", 5, 6, 7)...), false, false},
		"one look is no polling":          {"Payments are polled", append([]sent{made}, look("CREATED", 0.1)...), true, false},
		"looks at a payment that is over": {"Payments are polled", append([]sent{made}, look("AUTHORIZED", 0.1, 0.2, 0.3)...), true, false},
	} {
		got, person := row(t, "epayment", test.text, test.calls)
		if person != test.person || got.Done != test.done || !got.Done && !person && got.Missing == "" {
			t.Errorf("%s: for a person %t, done %t: %s", name, person, got.Done, got.Says())
		}
	}
}
