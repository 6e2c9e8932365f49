// Package golive fills in the checklists that Vipps MobilePay asks for before a product goes live, from recordings of
// runs. What a checklist asks is data, with its source.
package golive

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

//go:embed vipps.json
var vipps []byte

// A Checklist is what is asked for a product.
type Checklist struct {
	Title  string
	Source string   // where it is published
	Rows   []Rule   // judged from traffic
	People []string // what traffic cannot show
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

// A Condition compares two values: "request:PATH" or "answer:PATH" in a JSON body, or a number.
type Condition struct {
	At, Is, Than string // Is is "equals", "below" or "above"
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

// matches compares a request with the rule, and returns what {id} stands for.
func (r *Rule) matches(method, address string) (id string, ok bool) {
	u, err := url.Parse(address)
	if err != nil || method != r.Method {
		return "", false
	}
	path, want := strings.Split(strings.Trim(u.Path, "/"), "/"), strings.Split(strings.Trim(r.Path, "/"), "/")
	if len(path) < len(want) {
		return "", false
	}
	path = path[len(path)-len(want):] // what stands before is that of a gateway
	for i, segment := range want {
		switch {
		case segment == "{id}":
			id = path[i]
		case segment != "{act}" && segment != path[i]:
			return "", false
		}
	}
	return id, !slices.Contains(path, "")
}

// holds reports whether the condition holds of a call.
func (c Condition) holds(request, answer gjson.Result) bool {
	value := func(text string) (float64, bool) {
		from, path, isPath := strings.Cut(text, ":")
		if !isPath {
			n, err := strconv.ParseFloat(text, 64)
			return n, err == nil
		}
		body := answer
		if from == "request" {
			body = request
		}
		v := body.Get(path)
		return v.Float(), v.Type == gjson.Number
	}
	at, ok := value(c.At)
	than, also := value(c.Than)
	if !ok || !also {
		return false
	}
	switch c.Is {
	case "equals":
		return at == than
	case "below":
		return at < than
	}
	return at > than
}
