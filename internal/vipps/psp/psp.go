// Package psp is the PSP API v3: a payment service provider asks Vipps for the user's
// card, takes the money itself, and reports what it did.
package psp

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// A Service is the PSP API of one simulator.
type Service struct {
	core     *core.Server
	payments map[string]*payment // by pspTransactionId
}

// New returns the API of a server.
func New(server *core.Server) *Service {
	s := &Service{core: server}
	s.Reset()
	return s
}

// Reset forgets all payments.
func (s *Service) Reset() { s.payments = map[string]*payment{} }

// Routes are the operations of the PSP API.
func (s *Service) Routes() []core.Route {
	d := core.Access{Key: true, Token: true, MSNArray: true}
	var all []core.Route
	for _, version := range []string{"v3", "v2"} { // v2 is that of 2019, with the same bodies
		base, test := "/psp/"+version+"/psppayments", "/psp/"+version+"/integration-test/psppayments"
		all = append(all,
			d.Route("psp.init", http.MethodPost, base+"/init", core.Limit{}, s.withPSP(s.init)),
			d.Route("psp.update", http.MethodPost, base+"/updatestatus", core.Limit{}, s.withPSP(s.update)),
			d.Route("psp.details", http.MethodGet, base+"/{pspTransactionId}/details", core.Limit{}, s.withPSP(s.details)),
			d.Route("psp.approve", http.MethodPost, test+"/{pspTransactionId}/approve", core.Limit{}, s.withPSP(s.approve)),
		)
	}
	return all
}

// withPSP asks for the header that names the PSP.
func (s *Service) withPSP(serve core.Handler) core.Handler {
	return func(c *core.Call) response.Response {
		if c.Header.Get("PSP-ID") == "" {
			return s.refuse(401, "Unauthorized", "Invalid MSN: "+c.Header.Get("Merchant-Serial-Number")+
				". This MSN is not valid for the provided PSP ID. Check that you are using the correct credentials for the right environment.")
		}
		return serve(c)
	}
}

func (s *Service) refuse(status int, code, text string) response.Response {
	return response.JSON(status, []struct {
		Code    string `json:"errorCode"`
		Text    string `json:"errorMessage"`
		Context string `json:"contextId"`
	}{{code, text, s.core.GUID()}})
}

// A payment's amounts are in minor units.
type payment struct {
	id, order, text, currency, redirect, makeURL, makeToken, token string
	amount, reserved, captured, refunded                           int64
	state                                                          string // INITIATED, or what was reported last
	history                                                        []entry
}

type entry struct {
	Amount  int64  `json:"amount"`
	Text    string `json:"paymentText"`
	At      string `json:"timeStamp"`
	Op      string `json:"operation"`
	Success bool   `json:"operationSuccess"`
}

const initiated = "INITIATED"

// init begins a payment. The checks are in the order in which the API reports; ids and orders must be new.
func (s *Service) init(c *core.Call) response.Response {
	root, ok := input.Object(c.Body)
	amount, whole := input.Integer(root.Get("amount"))
	id, order := input.Text(root.Get("pspTransactionId")), input.Text(root.Get("merchantOrderId"))
	switch _, taken := s.payments[id]; {
	case !ok || !input.IsWord(id, 1, 36) || !input.IsWord(order, 1, 50):
		return s.refuse(400, "51", "Invalid request")
	case taken:
		return s.refuse(400, "44", "pspTransactionId already exists")
	case slices.ContainsFunc(s.list(), func(p *payment) bool { return p.order == order }):
		return s.refuse(400, "99", "OrderId already exists")
	case !whole || amount < 1:
		return s.refuse(400, "amount", "amount.less.than.one")
	case input.Text(root.Get("currency")) == "":
		return s.refuse(400, "currency", "The currency must not be empty")
	case !input.IsPublicURL(input.Text(root.Get("makePaymentUrl")), "https", "http"):
		return s.refuse(400, "makePaymentUrl", "The makePaymentUrl must be a URL")
	case !input.IsPublicURL(input.Text(root.Get("pspRedirectUrl")), "https", "http") && !root.Get("isApp").Bool():
		return s.refuse(400, "51", "The pspRedirectUrl must be a URL")
	}
	p := &payment{
		id: id, order: order, amount: amount, currency: input.Text(root.Get("currency")), text: input.Text(root.Get("paymentText")),
		redirect: input.Text(root.Get("pspRedirectUrl")), makeURL: input.Text(root.Get("makePaymentUrl")),
		makeToken: input.Text(root.Get("makePaymentToken")), state: initiated, token: s.core.LandingToken(c, id),
	}
	s.payments[id] = p
	s.core.Await(id, p.token, decision{p, s})
	s.core.Schedule(c.Now.Add(core.DecisionLife), func(now time.Time) {
		if p.state == initiated {
			s.makePayment(p, "TIMEOUT")
		}
	})
	return response.JSON(200, struct {
		ID    string `json:"pspTransactionId"`
		Order string `json:"merchantOrderId"`
		URL   string `json:"vippsRedirectUrl"`
	}{id, order, s.core.LandingURL(c, p.token)})
}

func (s *Service) list() []*payment {
	var list []*payment
	for _, p := range s.payments {
		list = append(list, p)
	}
	return list
}

// update takes reports of what the PSP did. Vipps shows them to the user, and
// checks them little.
func (s *Service) update(c *core.Call) response.Response {
	transactions := gjson.GetBytes(c.Body, "transactions")
	if !gjson.ValidBytes(c.Body) || !transactions.IsArray() {
		return s.refuse(400, "51", "Invalid request")
	}
	for _, t := range transactions.Array() {
		amount, whole := input.Integer(t.Get("amount"))
		status := input.Text(t.Get("status"))
		p, known := s.payments[input.Text(t.Get("pspTransactionId"))]
		if !known || !whole || amount < 1 || !slices.Contains([]string{"RESERVED", "CAPTURED", "CANCELLED", "REFUNDED"}, status) {
			return s.refuse(400, "51", "Invalid request")
		}
		done := !strings.EqualFold(input.Text(t.Get("operationStatus")), "FAILED")
		p.note(c.Now, status, input.Text(t.Get("paymentText")), amount, done)
	}
	return response.JSON(200, map[string]any{
		"responseInfo": map[string]string{"responseCode": "9000", "responseMessage": "SUCCESS"},
	})
}

// note adds to the history and, for what succeeded, to the sums.
func (p *payment) note(now time.Time, op, text string, amount int64, success bool) {
	p.history = append(p.history, entry{amount, text, core.Timestamp(now), op, success})
	if !success {
		return
	}
	p.state = op
	switch op {
	case "RESERVED":
		p.reserved = amount
	case "CAPTURED":
		p.captured += amount
	case "REFUNDED":
		p.refunded += amount
	case "CANCELLED":
		p.reserved = 0
	}
}
