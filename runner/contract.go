package runner

import (
	"fmt"
	"strings"
	"sync"

	"posthaste/internal/transport"
	"posthaste/runner/event"
)

// A Contract holds exchanges against what is written of an API. It is asked from several goroutines in a parallel run.
type Contract interface {
	// Judge returns one text for each way in which an exchange is not as it should be. Served is false where nothing is
	// written of the server.
	Judge(request event.Request, response event.Response) (served bool, deviations []string)
}

// ContractName is the name of the assertion that a Contract makes, one a step.
const ContractName = "contract"

// mostDeviations is how many deviations of a step are told in full.
const mostDeviations = 20

// contracted is what a Contract says of the exchanges of one step. Scripts send requests from goroutines of their own.
type contracted struct {
	mu     sync.Mutex
	served bool
	list   []string
}

// judge asks the contract about an exchange. A nil receiver is a run without one.
func (c *contracted) judge(r *run, out exchange) {
	if c == nil || r.opt.Contract == nil || out.response == nil {
		return
	}
	request := out.shown
	request.Body = out.body
	served, deviations := r.opt.Contract.Judge(request, event.Response{
		Code: out.response.Code, Header: shownHeader(out.response.Header),
		Body: event.Body{Data: out.response.Body, Size: int64(len(out.response.Body))},
	})
	c.mu.Lock()
	defer c.mu.Unlock()
	c.served = c.served || served
	c.list = append(c.list, deviations...)
}

// contract tells, as an assertion of the step, whether its exchanges were as the contract says. Under Compat nothing is told:
// newman knows no such assertion. It does not count for Retry.
func (s *step) contract() {
	c := &s.host.contracted
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.served || s.run.opt.Compat {
		return
	}
	a := event.Assertion{Step: s.host.step, Item: s.shown, Name: ContractName, Index: s.host.assertions}
	if len(c.list) > 0 {
		list := c.list[:min(len(c.list), mostDeviations)]
		text := strings.Join(list, "\n")
		if more := len(c.list) - len(list); more > 0 {
			text += fmt.Sprintf("\nand %d more", more)
		}
		a.Error = &event.Error{Name: "AssertionError", Message: text}
	}
	s.run.emit.emit(a)
	if a.Error != nil && s.run.opt.Bail.Failure && s.flow.stop == "" {
		s.flow = flow{stop: ReasonBail}
	}
}

// bodyOf is the body of a request as it is sent; of files only the size is known.
func bodyOf(p *transport.Prepared) event.Body {
	data, _ := p.Body()
	return event.Body{Data: data, Size: p.BodySize}
}
