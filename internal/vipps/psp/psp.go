package vipps

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"
)

// The PSP API v3: a payment service provider asks Vipps for the user's card, takes
// the money itself, and reports what it did.

func (s *Server) pspRoutes() []route {
	d := door{key: true, token: true, msnArray: true}
	const base = "/psp/v3/psppayments"
	return []route{
		{"psp.init", http.MethodPost, base + "/init", d, limit{}, s.withPSP(s.pspInit)},
		{"psp.update", http.MethodPost, base + "/updatestatus", d, limit{}, s.withPSP(s.pspUpdate)},
		{"psp.details", http.MethodGet, base + "/{pspTransactionId}/details", d, limit{}, s.withPSP(s.pspDetails)},
		{
			"psp.approve", http.MethodPost, "/psp/v3/integration-test/psppayments/{pspTransactionId}/approve",
			d,
			limit{},
			s.withPSP(s.pspApprove),
		},
	}
}

// withPSP asks for the header that names the PSP.
func (s *Server) withPSP(serve func(*call) reply) func(*call) reply {
	return func(c *call) reply {
		if c.header.Get("PSP-ID") == "" {
			return s.pspReply(401, "Unauthorized", "Invalid MSN: "+c.header.Get("Merchant-Serial-Number")+
				". This MSN is not valid for the provided PSP ID. Check that you are using the correct credentials for the right environment.")
		}
		return serve(c)
	}
}

func (s *Server) pspReply(status int, code, text string) reply {
	return jsonReply(status, mimeJSON, []struct {
		Code    string `json:"errorCode"`
		Text    string `json:"errorMessage"`
		Context string `json:"contextId"`
	}{{code, text, s.guid()}})
}

// A pspPayment's amounts are in minor units.
type pspPayment struct {
	id, order, text, currency, redirect, makeURL, makeToken, token string
	amount, reserved, captured, refunded                           int64
	state                                                          string // INITIATED, or what was reported last
	history                                                        []pspEntry
}

type pspEntry struct {
	Amount  int64  `json:"amount"`
	Text    string `json:"paymentText"`
	At      string `json:"timeStamp"`
	Op      string `json:"operation"`
	Success bool   `json:"operationSuccess"`
}

const pspInitiated = "INITIATED"

func (s *Server) pspInit(c *call) reply {
	root, ok := object(c.body)
	amount, whole := integer(root.Get("amount"))
	id, order := text(root.Get("pspTransactionId")), text(root.Get("merchantOrderId"))
	switch _, taken := s.psp[id]; {
	case !ok || !isWord(id, 1, 36) || !isWord(order, 1, 50):
		return s.pspReply(400, "51", "Invalid request")
	case taken:
		return s.pspReply(400, "44", "pspTransactionId already exists")
	case slices.ContainsFunc(s.pspList(), func(p *pspPayment) bool { return p.order == order }):
		return s.pspReply(400, "99", "OrderId already exists")
	case !whole || amount < 1:
		return s.pspReply(400, "amount", "amount.less.than.one")
	case text(root.Get("currency")) == "":
		return s.pspReply(400, "currency", "The currency must not be empty")
	case !isPublicURL(text(root.Get("makePaymentUrl")), "https", "http"):
		return s.pspReply(400, "makePaymentUrl", "The makePaymentUrl must be a URL")
	case !isPublicURL(text(root.Get("pspRedirectUrl")), "https", "http") && !root.Get("isApp").Bool():
		return s.pspReply(400, "51", "The pspRedirectUrl must be a URL")
	}
	p := &pspPayment{
		id: id, order: order, amount: amount, currency: text(root.Get("currency")), text: text(root.Get("paymentText")),
		redirect: text(root.Get("pspRedirectUrl")), makeURL: text(root.Get("makePaymentUrl")),
		makeToken: text(root.Get("makePaymentToken")), state: pspInitiated, token: s.landing(c, id),
	}
	s.psp[id] = p
	s.await(id, p.token, p)
	s.later(c.now.Add(paymentLife), func(now time.Time) {
		if p.state == pspInitiated {
			s.makePayment(p, "TIMEOUT")
		}
	})
	return jsonReply(200, mimeJSON, struct {
		ID    string `json:"pspTransactionId"`
		Order string `json:"merchantOrderId"`
		URL   string `json:"vippsRedirectUrl"`
	}{id, order, landingURL(c.base, p.token)})
}

func (s *Server) pspList() []*pspPayment {
	var list []*pspPayment
	for _, p := range s.psp {
		list = append(list, p)
	}
	return list
}

// pspUpdate takes reports of what the PSP did. Vipps shows them to the user, and
// checks them little.
func (s *Server) pspUpdate(c *call) reply {
	transactions := gjson.GetBytes(c.body, "transactions")
	if !gjson.ValidBytes(c.body) || !transactions.IsArray() {
		return s.pspReply(400, "51", "Invalid request")
	}
	for _, t := range transactions.Array() {
		amount, whole := integer(t.Get("amount"))
		status := text(t.Get("status"))
		p, known := s.psp[text(t.Get("pspTransactionId"))]
		if !known || !whole || amount < 1 || !slices.Contains([]string{"RESERVED", "CAPTURED", "CANCELLED", "REFUNDED"}, status) {
			return s.pspReply(400, "51", "Invalid request")
		}
		done := !strings.EqualFold(text(t.Get("operationStatus")), "FAILED")
		p.note(c.now, status, text(t.Get("paymentText")), amount, done)
	}
	return jsonReply(200, mimeJSON, map[string]any{
		"responseInfo": map[string]string{"responseCode": "9000", "responseMessage": "SUCCESS"},
	})
}

// note adds to the history and, for what succeeded, to the sums.
func (p *pspPayment) note(now time.Time, op, text string, amount int64, success bool) {
	p.history = append(p.history, pspEntry{amount, text, at(now), op, success})
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
