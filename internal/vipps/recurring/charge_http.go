package vipps

import (
	"net/http"
	"strings"
	"time"

	"github.com/tidwall/gjson"
)

// The HTTP side of Recurring's charges.

// checkCharge looks at what an initial charge and any other have in common.
func checkCharge(prefix string, v gjson.Result) *hitch {
	amount, whole := integer(v.Get("amount"))
	kind, order := text(v.Get("transactionType")), v.Get("orderId")
	switch {
	case !whole || amount < 100:
		return faulty(prefix+"amount", "must be a whole number of at least 100")
	case kind != "DIRECT_CAPTURE" && kind != "RESERVE_CAPTURE":
		return faulty(prefix+"transactionType", "must be DIRECT_CAPTURE or RESERVE_CAPTURE")
	case !absent(order) && !isWord(text(order), 1, 50):
		return faulty(prefix+"orderId", "must have 1 to 50 letters, digits or hyphens")
	}
	return checkLength(prefix+"description", v.Get("description"), 1, 45)
}

// newCharge adds a charge to the agreement. Its orderId becomes its id.
func (s *Server) newCharge(c *call, a *agreement, v gjson.Result) (*charge, *hitch) {
	ch := &charge{
		id: text(v.Get("orderId")), agreement: a.id, kind: "RECURRING", status: pending, due: c.now,
		description: text(v.Get("description")), external: text(v.Get("externalId")),
		direct: text(v.Get("transactionType")) == "DIRECT_CAPTURE",
	}
	ch.amount, _ = integer(v.Get("amount"))
	if ch.id == "" {
		ch.id = "chr-" + s.shortID()
	}
	if _, taken := s.charges[ch.id]; taken {
		return nil, &hitch{id: "conflict", status: http.StatusConflict, detail: "A charge with this orderId exists"}
	}
	ch.note(c.now, "CREATE", c.header.Get("Idempotency-Key"), ch.amount)
	s.charges[ch.id] = ch
	a.charges = append(a.charges, ch)
	return ch, nil
}

func (s *Server) createCharge(c *call, a *agreement) reply {
	root, ok := object(c.body)
	if !ok {
		return s.hitchReply(c, *badJSON())
	}
	ch, h := s.recurringCharge(c, a, root)
	if h != nil {
		return s.hitchReply(c, *h)
	}
	return jsonReply(http.StatusCreated, mimeJSON, struct {
		ID string `json:"chargeId"`
	}{ch.id})
}

// recurringCharge makes a charge of a body in v3's form.
func (s *Server) recurringCharge(c *call, a *agreement, root gjson.Result) (*charge, *hitch) {
	if h := checkCharge("", root); h != nil {
		return nil, h
	}
	if h := a.chargeable(c.now, 0); a.status != active {
		return nil, h
	}
	retry, whole := integer(root.Get("retryDays"))
	if !whole || retry < 0 || retry > 14 {
		return nil, faulty("retryDays", "must lie between 0 and 14")
	}
	due, h := dueDay(text(root.Get("due")), c.now)
	if h == nil {
		amount, _ := integer(root.Get("amount"))
		h = a.chargeable(due, amount)
	}
	if h != nil {
		return nil, h
	}
	ch, h := s.newCharge(c, a, root)
	if h != nil {
		return nil, h
	}
	ch.due, ch.retryDays = due, retry
	s.schedule(c.now, ch)
	return ch, nil
}

// dueDay reads the day. The test environment wants it a day ahead, production two.
func dueDay(s string, now time.Time) (time.Time, *hitch) {
	due, err := time.Parse(time.DateOnly, s)
	switch {
	case err != nil:
		return due, faulty("due", "must be a date in the format YYYY-MM-DD")
	case !due.After(now):
		return due, refusal("charge-due-too-soon", "The charge must be due at least one day ahead")
	case due.After(now.AddDate(2, 0, 0)):
		return due, refusal("charge-due-in-too-long", "The charge must be due within two years")
	}
	return due, nil
}

// chargeable applies the rules of the agreement: it must be active, and the
// charges of one interval are limited to five times the price, or to what the
// user allowed.
func (a *agreement) chargeable(due time.Time, amount int64) *hitch {
	if a.status != active {
		return refusal("charge-creation-failed", "A charge needs an active agreement, this one is "+strings.ToLower(a.status))
	}
	limit, sum := 5*a.price, amount
	if a.pricing == "VARIABLE" {
		limit = a.suggested
	}
	for _, ch := range a.charges {
		if ch.kind != "INITIAL" && ch.status != "CANCELLED" && a.period(ch.due) == a.period(due) {
			sum += ch.amount
		}
	}
	if sum > limit {
		return refusal("charge-amount-too-high", "The charges of one interval exceed what the agreement allows")
	}
	return nil
}

// chargeAmount reads the amount of a capture or refund.
func chargeAmount(c *call) (int64, *hitch) {
	root, ok := object(c.body)
	if !ok {
		return 0, badJSON()
	}
	amount, whole := integer(root.Get("amount"))
	if !whole || amount < 100 {
		return 0, faulty("amount", "must be a whole number of at least 100")
	}
	return amount, checkLength("description", root.Get("description"), 1, 45)
}

func (s *Server) captureCharge(c *call, ch *charge) reply {
	amount, h := chargeAmount(c)
	if h == nil {
		h = ch.capture(c.now, c.header.Get("Idempotency-Key"), amount)
	}
	s.publishCharge(ch)
	return s.done(c, h)
}

func (s *Server) refundCharge(c *call, ch *charge) reply {
	amount, h := chargeAmount(c)
	if h == nil {
		h = ch.refund(c.now, c.header.Get("Idempotency-Key"), amount)
	}
	s.publishCharge(ch)
	return s.done(c, h)
}

func (s *Server) cancelCharge(c *call, ch *charge) reply {
	h := ch.cancel(c.now, c.header.Get("Idempotency-Key"))
	s.publishCharge(ch)
	return s.done(c, h)
}

func (s *Server) getCharge(_ *call, ch *charge) reply {
	return jsonReply(200, mimeJSON, newChargeBody(ch))
}

func (s *Server) listCharges(c *call, a *agreement) reply {
	list := []chargeBody{}
	for _, ch := range a.charges {
		if status := c.query.Get("status"); status == "" || strings.EqualFold(status, ch.status) {
			list = append(list, newChargeBody(ch))
		}
	}
	return jsonReply(200, mimeJSON, list)
}
