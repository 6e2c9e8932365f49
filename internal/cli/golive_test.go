package cli

import (
	"encoding/json"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"posthaste/collections"
	"posthaste/internal/cli/process"
	"posthaste/internal/golive"
	"posthaste/internal/vipps"
)

// goliveCollections are those of ours that give the list of a product.
func goliveCollections() map[string]string {
	return map[string]string{
		"epayment": collections.EPayment, "recurring": collections.Recurring, "login": collections.Login, "checkout": collections.Checkout,
		"ecom": collections.Ecom, "psp": collections.PSP, "check-in": collections.CheckIn,
	}
}

// givers are the requests that give a row, where there are more than the one that golive names: written down here by
// hand, so that the test does not ask the code that it tests.
func givers() map[string][]string {
	parts := "Capture in parts, refund everything / "
	return map[string][]string{
		"epayment: Create a payment":     {parts + "Create payment", "Cancel / Create payment"},
		"checkout: Create a session":     {parts + "Create session", "Cancel / Create session"},
		"ecom: Initiate a payment":       {parts + "Initiate payment", "Cancel / Initiate payment"},
		"psp: Initiate a payment":        {"Cancel / Initiate payment"},
		"psp: Update the status":         {"Pay, capture, refund / Report a refund", "Cancel / Report the cancellation"},
		"recurring: Get an agreement":    {"Change and stop / Get the changed agreement"},
		"recurring: Update an agreement": {"Change and stop / Stop agreement"},
		"recurring: Create a charge":     {"Change and stop / Refuse a charge after the stop"}, // it is refused only after the stop
		"recurring: Get a charge":        {"Agree, capture, refund / Get the refunded charge"},
		// Those of errors are by the request that golive names.
		"recurring: What is refused / Charge an": {"Change and stop / Refuse a charge after the stop"},
		"login: What is refused / Wrong code":    {"What is refused / Wrong secret", "Log in on the phone (CIBA) / Ask for the token too early"},
	}
}

// needed are rows that open as well when a request is left out of a collection, since what gives them needs it: nothing
// can be refunded that was not captured.
func needed() map[string][]string {
	return map[string][]string{
		"epayment: Capture the full amount": {"Refund a part of the amount"},
		"checkout: Capture the full amount": {"Refund a part of the amount"},
		"ecom: Capture the full amount":     {"Refund a part of the amount"},
		"recurring: Capture a charge":       {"Refund a charge"},
		"recurring: Create a charge":        {"Cancel a charge"},
		"login: Start a login on the phone": {"Get tokens (merchant-initiated)"},
		"login: Send the user to the login": {"Get tokens (website)"},
	}
}

// creates reports whether everything else needs what gives a row.
func creates(row string) bool {
	for _, text := range []string{"Create a payment", "Create a session", "Initiate a payment", "Draft an agreement", "Get the configuration", "Check a customer in"} {
		if strings.HasPrefix(row, text) {
			return true
		}
	}
	return false
}

// of returns the entry whose key is a prefix of product and row.
func of(table map[string][]string, product, row string) []string {
	for key, list := range table {
		if strings.HasPrefix(product+": "+row, strings.TrimSpace(key)) {
			return list
		}
	}
	return nil
}

// A goliveRun runs a collection of ours against a simulator and asks for the list of a product.
type goliveRun struct {
	*testing.T
	dir, product string
}

func newGoliveRun(t *testing.T, sim *ownSim, product string) goliveRun {
	t.Helper()
	r := goliveRun{t, t.TempDir(), product}
	data, err := fs.ReadFile(collections.Files(), goliveCollections()[product])
	if err != nil {
		t.Fatal(err)
	}
	write(t, r.dir, map[string]string{"c.json": string(data), "sim.json": string(vipps.Environment(sim.url, sim.server.Keys()))})
	return r
}

// record runs c.json, or another file, and returns the recording.
func (r goliveRun) record(file string) string {
	r.Helper()
	runIn(r.T, r.dir, "run", file, "-e", "sim.json", "-r", "events", "--reporter-events-export", "r.ndjson")
	return read(r.T, r.dir, "r.ndjson")
}

// open lists the open rows of the recording, as the command says.
func (r goliveRun) open(recording string) []string {
	r.Helper()
	write(r.T, r.dir, map[string]string{"r.ndjson": recording})
	code, out, stderr := runIn(r.T, r.dir, "golive", "--product", r.product, "r.ndjson", "--evidence", "simulated", "--format", "json")
	if !strings.Contains(gjson.Get(out, "simulated").Str, "SIMULATED") {
		r.Fatalf("the list does not say that it is simulated: %s%s", out, stderr)
	}
	var open []string
	for _, row := range gjson.Get(out, "rows").Array() {
		if !row.Get("done").Bool() {
			open = append(open, row.Get("text").Str)
			if row.Get("missing").Str == "" {
				r.Errorf("%s is open, and the list does not say why", row.Get("text").Str)
			}
		}
	}
	if (code == process.ExitPassed) != (len(open) == 0) || len(open) > 0 && code != process.ExitFailed {
		r.Errorf("exit code %d with %d open rows", code, len(open))
	}
	return open
}

// without is a recording in which nothing tells of the responses to some requests.
func without(recording string, requests []string) string {
	var b strings.Builder
	for line := range strings.Lines(recording) {
		item := gjson.Get(line, "item")
		var path []string
		for _, folder := range item.Get("path").Array() {
			path = append(path, folder.Str)
		}
		if slices.Contains(requests, strings.Join(append(path, item.Get("name").Str), " / ")) && gjson.Get(line, "kind").Str == "response.received" {
			continue
		}
		b.WriteString(line)
	}
	return b.String()
}

// leaveOut is a collection without some requests.
func leaveOut(t *testing.T, data string, requests []string) string {
	t.Helper()
	var c map[string]any
	if err := json.Unmarshal([]byte(data), &c); err != nil {
		t.Fatal(err)
	}
	left := 0
	var prune func(items []any, path string) []any
	prune = func(items []any, path string) []any {
		var kept []any
		for _, one := range items {
			item, _ := one.(map[string]any)
			name, _ := item["name"].(string)
			if inner, ok := item["item"].([]any); ok {
				item["item"] = prune(inner, path+name+" / ")
			} else if slices.Contains(requests, path+name) {
				left++
				continue
			}
			kept = append(kept, item)
		}
		return kept
	}
	items, _ := c["item"].([]any)
	c["item"] = prune(items, "")
	if left != len(requests) {
		t.Fatalf("%d of %q are in the collection", left, requests)
	}
	out, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// The checklist of each product is complete from a run of one collection of ours, and with one request left out exactly
// its row is open: left out of the recording, and left out of the collection, where other requests do not need it.
func TestTheChecklistOfOurCollections(t *testing.T) {
	sim := newOwnSim(t)
	for _, product := range golive.Products() {
		t.Run(product, func(t *testing.T) {
			r := newGoliveRun(t, sim, product)
			recording := r.record("c.json")
			if open := r.open(recording); len(open) > 0 {
				t.Fatalf("a whole run leaves open: %q", open)
			}
			if code, out, _ := runIn(t, r.dir, "golive", "--product", product, "r.ndjson"); code != process.ExitFailed || strings.Contains(out, "| [x]") {
				t.Errorf("evidence of a simulator counts unasked: exit code %d\n%s", code, out)
			}
			list, err := golive.Find(product)
			if err != nil {
				t.Fatal(err)
			}
			for _, refusal := range list.Refused {
				want, requests := []string{"A documented error of each call was met"}, append([]string{refusal.Request}, of(givers(), product, refusal.Request)...)
				if open := r.open(without(recording, requests)); !slices.Equal(open, want) {
					t.Errorf("without the response to %q in the recording these are open: %q, want %q", requests, open, want)
				}
			}
			for _, row := range list.Rows {
				requests := append([]string{row.Request}, of(givers(), product, row.Text)...)
				want := []string{row.Text}
				if row.Text == "Create a session" { // the payments of sessions that nobody has seen are those of something else
					want = append(want, "Cancel a payment", "Capture a part of the amount", "Refund the full amount")
				}
				if creates(row.Text) && len(list.References) > 0 { // nothing is left that could have a reference
					want = append(want, "References have 6 to 64 letters, digits and hyphens, no zero in front, and are more than digits")
				}
				if open := r.open(without(recording, requests)); !slices.Equal(open, want) {
					t.Errorf("without the responses to %q in the recording these are open: %q, want %q", requests, open, want)
				}
				if creates(row.Text) {
					continue
				}
				write(t, r.dir, map[string]string{"less.json": leaveOut(t, read(t, r.dir, "c.json"), requests)})
				want = append([]string{row.Text}, of(needed(), product, row.Text)...)
				open := r.open(r.record("less.json"))
				slices.Sort(want)
				slices.Sort(open)
				if !slices.Equal(open, want) {
					t.Errorf("without %q in the collection these are open: %q, want %q", requests, open, want)
				}
			}
		})
	}
}

// The checklist in a file says in each format that a simulator was asked.
func TestEveryPageSaysThatItIsSimulated(t *testing.T) {
	r := newGoliveRun(t, newOwnSim(t), "check-in")
	r.record("c.json")
	for _, format := range golive.Formats() {
		code, _, stderr := runIn(t, r.dir, "golive", "--product", "check-in", "r.ndjson", "--evidence", "simulated", "--format", format, "--output", "list")
		if text := read(t, r.dir, "list"); code != process.ExitPassed || !strings.Contains(text, "SIMULATED: evidence of a simulator counts") {
			t.Errorf("%s: exit code %d: %s%s", filepath.Base(format), code, text, stderr)
		}
	}
}
