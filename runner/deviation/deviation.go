// Package deviation gathers in which ways the exchanges of a step are not as a contract says.
package deviation

import (
	"fmt"
	"strings"
	"sync"

	"posthaste/runner/event"
)

// A Contract holds exchanges against what is written of an API. It is asked from several goroutines in a parallel run.
type Contract interface {
	// Judge returns one text for each way in which an exchange is not as it should be. Served is false where nothing is
	// written of the server.
	Judge(request event.Request, response event.Response) (served bool, deviations []string)
}

// Name is the name of the assertion that a Contract makes, one a step.
const Name = "contract"

// most is how many deviations of a step are told in full.
const most = 20

// A List is what a Contract says of the exchanges of one step. The zero List is empty. It is safe for concurrent use:
// scripts send requests from goroutines of their own.
type List struct {
	mu     sync.Mutex
	served bool
	texts  []string
}

// Judge asks the contract about an exchange. A nil List, and a nil Contract, ask nothing.
func (l *List) Judge(by Contract, request event.Request, response event.Response) {
	if l == nil || by == nil {
		return
	}
	served, deviations := by.Judge(request, response)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.served = l.served || served
	l.texts = append(l.texts, deviations...)
}

// Outcome is the error of the step's assertion, nil where all is as it should be. It is false where the contract says nothing of
// the step.
func (l *List) Outcome() (failed *event.Error, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.texts) == 0 {
		return nil, l.served
	}
	list := l.texts[:min(len(l.texts), most)]
	text := strings.Join(list, "\n")
	if more := len(l.texts) - len(list); more > 0 {
		text += fmt.Sprintf("\nand %d more", more)
	}
	return &event.Error{Name: "AssertionError", Message: text}, true
}
