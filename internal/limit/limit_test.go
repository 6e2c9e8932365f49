package limit

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"posthaste/collection"
)

const payments = "POST */payments: amount.value each <= 200, total <= 500"

func request(method, path, body string, header ...string) *Request {
	r := &Request{Method: method, Path: path, Body: func() ([]byte, bool) { return []byte(body), true }}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header = append(r.Header, collection.Header{Key: header[i], Value: header[i+1]})
	}
	return r
}

func budget(t *testing.T, shards int, texts ...string) *Budget {
	t.Helper()
	b, err := New(texts, shards)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWhatALimitRefuses(t *testing.T) {
	const nok = `{"amount":{"value":201,"currency":"NOK"}}`
	tests := map[string]struct {
		limit string
		give  *Request
		want  string // in the reason; "" lets it through
	}{
		"an amount within it":              {payments, request("POST", "/e/v1/payments", `{"amount":{"value":200,"currency":"NOK"}}`), ""},
		"an amount above it":               {payments, request("POST", "/e/v1/payments", nok), "amount.value is 201 NOK, more than 200"},
		"an amount above it by a hair":     {payments, request("POST", "/payments", `{"amount":{"value":200.0000001}}`), "more than 200"},
		"an exponent":                      {payments, request("POST", "/payments", `{"amount":{"value":2.01e2}}`), "more than 200"},
		"a huge exponent":                  {payments, request("POST", "/payments", `{"amount":{"value":1e999999999}}`), "too many digits"},
		"an amount below zero":             {payments, request("POST", "/payments", `{"amount":{"value":-1}}`), "below 0"},
		"an amount that is text":           {payments, request("POST", "/payments", `{"amount":{"value":"1"}}`), "no number"},
		"no amount":                        {payments, request("POST", "/payments", `{"amount":{}}`), "no such member"},
		"no body":                          {payments, request("POST", "/payments", ``), "cannot be read"},
		"a form":                           {payments, request("POST", "/payments", `amount.value=1`), "cannot be read"},
		"something behind the body":        {payments, request("POST", "/payments", `{"amount":{"value":1}}{"amount":{"value":999}}`), "something stands behind"},
		"an amount that comes twice":       {payments, request("POST", "/payments", `{"amount":{"value":1,"value":999}}`), "several members"},
		"an amount in another case":        {payments, request("POST", "/payments", `{"amount":{"value":1},"Amount":{"value":999}}`), "several members"},
		"an amount in another case only":   {payments, request("POST", "/payments", `{"Amount":{"VALUE":999}}`), "more than 200"},
		"a name with an escape":            {payments, request("POST", "/payments", `{"amount":{"value":1,"v\u0061lue":999}}`), "several members"},
		"a packed body":                    {payments, request("POST", "/payments", nok, "Content-Encoding", "gzip"), "encoded"},
		"a body in another character set":  {payments, request("POST", "/payments", nok, "Content-Type", "application/json; charset=utf-16"), "encoded"},
		"a body that is no UTF-8":          {payments, request("POST", "/payments", "{\"amount\":{\"value\":1},\"x\":\"\xff\"}"), "UTF-8"},
		"a currency that is invalid":       {payments, request("POST", "/payments", `{"amount":{"value":1,"currency":"NOK "}}`), "currency"},
		"two currencies":                   {payments, request("POST", "/payments", `{"amount":{"value":1,"currency":"NOK","Currency":"DKK"}}`), "currency"},
		"another method":                   {payments, request("GET", "/payments", nok), ""},
		"a method in lower case":           {payments, request("post", "/payments", nok), "more than"},
		"a method in a header":             {payments, request("PUT", "/payments", nok, "X-HTTP-Method-Override", "post"), "more than"},
		"every method":                     {"* */payments: amount.value each <= 200", request("PUT", "/payments", nok), "more than"},
		"another path":                     {payments, request("POST", "/payments/x/capture", nok), ""},
		"a slash behind":                   {payments, request("POST", "/e/payments/", nok), "more than"},
		"two slashes":                      {payments, request("POST", "/e//payments//", nok), "more than"},
		"a path in upper case":             {payments, request("POST", "/e/PAYMENTS", nok), "more than"},
		"a path with an escape":            {payments, request("POST", "/e/%70ayments", nok), "more than"},
		"a path with an escape of escapes": {payments, request("POST", "/e/%2570ayments", nok), "more than"},
		"a path with dots":                 {payments, request("POST", "/e/payments/x/../.", nok), "more than"},
		"a path with a parameter":          {payments, request("POST", "/e/payments;v=1", nok), "more than"},
		"a path with a backslash":          {payments, request("POST", `/e\payments`, nok), "more than"},
		"a path from its beginning":        {"POST /v1/payments: amount.value each <= 200", request("POST", "/e/v1/payments", nok), ""},
		"every amount of a list":           {"POST *: lines.*.amount total <= 5", request("POST", "/", `{"lines":[{"amount":3},{"amount":3}]}`), "total 6"},
		"a list without elements":          {"POST *: lines.*.amount total <= 5", request("POST", "/", `{"lines":[]}`), "no lines.*.amount"},
		"a list where a member should be":  {payments, request("POST", "/payments", `[{"amount":{"value":1}}]`), "in a list"},
		"the currency beside its parent":   {"POST *: transaction.amount each <= 5", request("POST", "/", `{"transaction":{"amount":6},"currency":"DKK"}`), "6 DKK"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := budget(t, 1, test.limit).Spend(test.give)
			switch {
			case test.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestABodyFromAFileIsRefused(t *testing.T) {
	err := budget(t, 1, payments).Spend(&Request{Method: "POST", Path: "/payments", Body: func() ([]byte, bool) { return nil, false }})
	if err == nil || !strings.Contains(err.Error(), "from a file") {
		t.Errorf("got %v", err)
	}
}

func TestTotalsOfARun(t *testing.T) {
	pay := func(value, currency string) *Request {
		return request("POST", "/payments", `{"amount":{"value":`+value+`,"currency":"`+currency+`"}}`)
	}
	b := budget(t, 1, payments)
	for i, want := range []bool{true, true, false, true, false} { // 200, 200, 200 too many, 100, 1 too many
		value := []string{"200", "200", "200", "100", "1"}[i]
		if err := b.Spend(pay(value, "NOK")); (err == nil) != want {
			t.Errorf("payment %d of %s: %v", i+1, value, err)
		}
	}
	if err := b.Spend(pay("200", "DKK")); err != nil {
		t.Errorf("another currency has a total of its own: %v", err)
	}
	if err := b.Spend(pay("1", "nok")); err == nil {
		t.Error("a currency in lower case has a total of its own")
	}
	if err := budget(t, 3, payments).Spend(pay("167", "NOK")); err == nil {
		t.Error("a third of 500 is more than 166")
	}
	if err := budget(t, 3, payments).Spend(pay("166", "NOK")); err != nil {
		t.Errorf("a third of 500 is less than 166: %v", err)
	}
}

// What one limit refuses is not taken from another.
func TestARefusedRequestSpendsNothing(t *testing.T) {
	b := budget(t, 1, "POST *: a total <= 5", "POST *: b each <= 1")
	for range 3 {
		if err := b.Spend(request("POST", "/", `{"a":5,"b":2}`)); err == nil {
			t.Fatal("b is too large")
		}
	}
	if err := b.Spend(request("POST", "/", `{"a":5,"b":1}`)); err != nil {
		t.Errorf("nothing was spent yet: %v", err)
	}
}

func TestUnitsShareATotal(t *testing.T) {
	b := budget(t, 1, "POST *: a total <= 100")
	var done sync.WaitGroup
	var mu sync.Mutex
	sent := 0
	for range 8 {
		done.Go(func() {
			for range 50 {
				if b.Spend(request("POST", "/", `{"a":1}`)) == nil {
					mu.Lock()
					sent++
					mu.Unlock()
				}
			}
		})
	}
	done.Wait()
	if sent != 100 {
		t.Errorf("%d were sent, want 100", sent)
	}
}

func TestLimitsThatCannotBeRead(t *testing.T) {
	tests := map[string]struct {
		column int
		want   string
	}{
		"":                                {1, "a method"},
		"POST":                            {5, "a glob"},
		"PO*T /x: a each <= 1":            {1, "a method"},
		"POST /x a each <= 1":             {8, "a glob"},
		"POST : a each <= 1":              {7, "a glob"},
		"POST /x: each <= 1":              {15, "each or total"},
		"POST /x: a..b each <= 1":         {10, "the path of an amount"},
		"POST /x: a":                      {11, "each or total"},
		"POST /x: a most <= 1":            {12, "each or total"},
		"POST /x: a each < 1":             {17, "<="},
		"POST /x: a each <= -1":           {20, "a number"},
		"POST /x: a each <= ":             {20, "a number"},
		"POST /x: a each <= 1.":           {20, "a number"},
		"POST /x: a each <= 1e3":          {21, "a comma"},
		"POST /x: a each <= 1,":           {22, "each or total"},
		"POST /x: a each <= 1, each <= 2": {23, "once"},
		"POST /ø: a each <= 1 x":          {22, "a comma"},
		"POST /x: a each <= 1 total <= 2": {22, "a comma"},
		"POST /x: a each <= " + strings.Repeat("9", 40): {20, "a number"},
	}
	for text, test := range tests {
		_, err := Parse(text)
		var wrong *SyntaxError
		if !errors.As(err, &wrong) || wrong.Column != test.column || !strings.Contains(wrong.Want, test.want) {
			t.Errorf("Parse(%q): %v, want column %d and %q", text, err, test.column, test.want)
		}
	}
}

// Whatever is parsed, errors stand within the text, and an amount above a bound is refused.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{payments, "* *: a total <= 0.5", "POST /ø: a.*.b each <= 1, total <= 2", "POST x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l, err := Parse(text)
		var wrong *SyntaxError
		if err != nil {
			if !errors.As(err, &wrong) || wrong.Column < 1 || wrong.Column > len(text)+1 {
				t.Fatalf("Parse(%q): %v", text, err)
			}
			return
		}
		if l.each == nil && l.total == nil {
			t.Fatalf("Parse(%q) bounds nothing", text)
		}
	})
}

// No body makes more than the limit leave.
func FuzzBody(f *testing.F) {
	for _, seed := range []string{`{"a":1}`, `{"a":1,"A":2}`, `{"a":1e2}`, `[{"a":1}]`, `{"a":"1"}`, `{"a":-1}`, `{"a":1} x`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		b, err := New([]string{"POST *: a each <= 10"}, 1)
		if err != nil {
			t.Fatal(err)
		}
		if b.Spend(request("POST", "/", body)) != nil {
			return
		}
		amounts, _, err := b.limits[0].read(request("POST", "/", body))
		if err != nil || len(amounts) != 1 || amounts[0].Sign() < 0 || amounts[0].Cmp(b.limits[0].each) > 0 {
			t.Fatalf("%q leaves with %v, %v", body, amounts, err)
		}
	})
}
