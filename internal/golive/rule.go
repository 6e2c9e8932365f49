// Package golive fills in the checklists that Vipps MobilePay asks for before a product goes live, from recordings of
// runs. What a checklist asks is data, with its source.
package golive

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

//go:embed vipps.json
var vipps []byte

// A Checklist is what is asked for a product.
type Checklist struct {
	Title      string
	Source     string // where it is published
	Facts      []Fact
	Rows       []Rule       // judged from traffic, as are all but People
	Refused    []Refusal    // calls that must have met an error
	References []Reference  // what payments are called
	Headers    []HeaderRule // of all calls of a kind
	Polls      []Poll
	People     []Person // what traffic cannot show, or shows only where it happened to happen
}

// A Rule is a call that must have been made with success.
type Rule struct {
	Text         string
	Method, Path string      // {id} and {act} are one segment of the path each
	When         []Condition // what else must hold of the call
	Below        int         // the answer's status is below this; 0 is 300
	Collection   string      // of ours, "" where none has the request
	Request      string      // in it, with its folder
}

// A Refusal is a call that an API refuses in documented ways, and that must have met one of these errors.
type Refusal struct {
	Method, Path, Collection, Request string // as in a Rule
}

// A Reference is where a call that creates a payment gives its reference.
type Reference struct {
	Method, Path string
	At           string // a value, as in a Condition
}

// A HeaderRule is a header that all of some calls must have.
type HeaderRule struct {
	Text, Header string
	Calls        [][2]string // method and path of each
}

// A Poll is a call that is repeated while a payment waits for its user. Its pace is judged where there is one.
type Poll struct {
	Person       string    // text of the row for people that it fills in
	Create       [2]string // method and path of what creates the payment
	ID           string    // where that has the payment's reference
	Method, Path string    // of what asks for the payment's state
	While        Condition // which holds while it waits
}

// A Person is a row for a person. Where the recordings show all that it asks for, it is filled in.
type Person struct {
	Text string
	Seen []Rule
}

// Products lists the products that there are checklists for.
func Products() []string {
	return []string{"epayment", "recurring", "login", "checkout", "ecom", "psp", "check-in"}
}

// Find returns the checklist of a product.
func Find(product string) (Checklist, error) {
	var all map[string]Checklist
	if err := json.Unmarshal(vipps, &all); err != nil {
		return Checklist{}, fmt.Errorf("reading the checklists: %w", err)
	}
	c, ok := all[product]
	if !ok {
		return c, fmt.Errorf("there is no checklist for the product %q", product)
	}
	return c, nil
}

// matches compares a request with a method and a path, in which {id} and {act} are one segment each. It returns what {id}
// stands for. Upper and lower case are the same, as they are to Vipps.
func matches(method, path, sent string, u *url.URL) (id string, ok bool) {
	if sent != method {
		return "", false
	}
	have, want := strings.Split(strings.Trim(u.Path, "/"), "/"), strings.Split(strings.Trim(path, "/"), "/")
	if len(have) < len(want) {
		return "", false
	}
	have = have[len(have)-len(want):] // what stands before is that of a gateway
	for i, segment := range want {
		switch {
		case segment == "{id}":
			id = have[i]
		case segment != "{act}" && !strings.EqualFold(segment, have[i]):
			return "", false
		}
	}
	return id, !slices.Contains(have, "")
}
