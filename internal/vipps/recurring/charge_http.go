package recurring

import (
	"net/http"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// The HTTP side of Recurring's charges.

// checkCharge looks at what an initial charge and any other have in common. prefix is where
// the charge lies in the body, for the names of wrong fields: "initialCharge." or "".
func checkCharge(prefix string, v gjson.Result, currency string) *problem {
	amount, whole := input.Integer(v.Get("amount"))
	kind, order := input.Text(v.Get("transactionType")), v.Get("orderId")
	switch {
	case !whole || amount < least(currency):
		return invalidField(prefix+"amount", leastText(currency))
	case kind != "DIRECT_CAPTURE" && kind != "RESERVE_CAPTURE":
		return invalidField(prefix+"transactionType", "must be DIRECT_CAPTURE or RESERVE_CAPTURE")
	case !input.Absent(order) && !input.IsWord(input.Text(order), 1, 50):
		return invalidField(prefix+"orderId", "must have 1 to 50 letters, digits or hyphens")
	}
	return checkLength(prefix+"description", v.Get("description"), 1, 45)
}

// newCharge adds a charge to the agreement, PENDING and due now; the caller sets what
// differs. Its orderId becomes its id, which must be new for the merchant, not only for the
// agreement. Nothing is added when there is a problem.
func (s *Service) newCharge(c *core.Call, a *agreement, v gjson.Result) (*charge, *problem) {
	ch := &charge{
		id: input.Text(v.Get("orderId")), agreement: a.id, kind: "RECURRING", status: pending, due: c.Now, currency: a.currency,
		description: input.Text(v.Get("description")), external: input.Text(v.Get("externalId")),
		direct: input.Text(v.Get("transactionType")) == "DIRECT_CAPTURE",
	}
	ch.amount, _ = input.Integer(v.Get("amount"))
	if ch.id == "" {
		ch.id = "chr-" + s.core.ShortID()
	}
	if _, taken := s.charges[ch.id]; taken {
		return nil, &problem{id: "conflict", status: http.StatusConflict, detail: "A charge with this orderId exists"}
	}
	ch.note(c.Now, "CREATE", c.Header.Get("Idempotency-Key"), ch.amount)
	s.charges[ch.id] = ch
	a.charges = append(a.charges, ch)
	return ch, nil
}

// createCharge answers with the id alone; the merchant reads the charge by it.
func (s *Service) createCharge(c *core.Call, a *agreement) response.Response {
	root, ok := input.Object(c.Body)
	if !ok {
		return s.refuse(c, *invalidJSON())
	}
	ch, prob := s.recurringCharge(c, a, root)
	if prob != nil {
		return s.refuse(c, *prob)
	}
	return response.JSON(http.StatusCreated, struct {
		ID string `json:"chargeId"`
	}{ch.id})
}

// recurringCharge makes a charge of a body in v3's form, which v1, v2 and bulk requests use
// too. An unscheduled charge is collected at once and never tried again.
func (s *Service) recurringCharge(c *core.Call, a *agreement, root gjson.Result) (*charge, *problem) {
	if prob := checkCharge("", root, a.currency); prob != nil {
		return nil, prob
	}
	if a.status != active {
		return nil, ruleProblem("charge-creation-failed", "A charge needs an active agreement, this one is "+strings.ToLower(a.status))
	}
	// The order of the checks is that in which Vipps reports: form, state of the agreement,
	// day, amount.
	when, prob := timingOf(root, c.Now)
	if prob == nil {
		amount, _ := input.Integer(root.Get("amount"))
		prob = a.checkLimit(when.due, amount)
	}
	if prob != nil {
		return nil, prob
	}
	ch, prob := s.newCharge(c, a, root)
	if prob != nil {
		return nil, prob
	}
	ch.due, ch.retryDays, ch.kind, ch.mode = when.due, when.retryDays, when.kind, input.Text(root.Get("processingMode"))
	// schedule may pay the charge at once, when it is due already.
	s.schedule(c.Now, ch)
	return ch, nil
}

// timing is when a charge is collected.
type timing struct {
	kind      string // RECURRING or UNSCHEDULED
	due       time.Time
	retryDays int64
}

// timingOf reads when a charge is due. An unscheduled one is due at once and is not tried
// again; its due and retryDays are ignored.
func timingOf(root gjson.Result, now time.Time) (timing, *problem) {
	t := timing{kind: input.Text(root.Get("type"))}
	switch t.kind {
	case "UNSCHEDULED":
		t.due = now
		return t, nil
	case "":
		t.kind = "RECURRING"
	case "RECURRING":
	default:
		return t, invalidField("type", "must be RECURRING or UNSCHEDULED")
	}
	var whole bool
	if t.retryDays, whole = input.Integer(root.Get("retryDays")); !whole || t.retryDays < 0 || t.retryDays > 14 {
		return t, invalidField("retryDays", "must lie between 0 and 14")
	}
	var prob *problem
	t.due, prob = dueDay(input.Text(root.Get("due")), now)
	return t, prob
}

// dueDay reads the day, which begins at midnight UTC. The test environment wants it a day
// ahead, production two; the simulator plays the test environment.
func dueDay(s string, now time.Time) (time.Time, *problem) {
	due, err := time.Parse(time.DateOnly, s)
	switch {
	case err != nil:
		return due, invalidField("due", "must be a date in the format YYYY-MM-DD")
	case !due.After(now):
		return due, ruleProblem("charge-due-too-soon", "The charge must be due at least one day ahead")
	case due.After(now.AddDate(2, 0, 0)):
		return due, ruleProblem("charge-due-in-too-long", "The charge must be due within two years")
	}
	return due, nil
}

// checkLimit holds the charges of one interval to five times the price, or to what the user
// allowed. Cancelled charges and the initial one do not count; failed ones do.
func (a *agreement) checkLimit(due time.Time, amount int64) *problem {
	limit, sum := 5*a.price, amount // LEGACY; amounts are in minor units
	switch a.pricing {
	case "VARIABLE":
		limit = a.suggested
	case "FLEXIBLE":
		return nil
	}
	for _, ch := range a.charges {
		if ch.kind != "INITIAL" && ch.status != "CANCELLED" && a.period(ch.due) == a.period(due) {
			sum += ch.amount
		}
	}
	if sum > limit {
		return ruleProblem("charge-amount-too-high", "The charges of one interval exceed what the agreement allows")
	}
	return nil
}

// chargeAmount reads the amount of a capture or refund, in minor units, and checks the
// description that comes with it, which is not kept.
func chargeAmount(c *core.Call, currency string) (int64, *problem) {
	root, ok := input.Object(c.Body)
	if !ok {
		return 0, invalidJSON()
	}
	amount, whole := input.Integer(root.Get("amount"))
	if !whole || amount < least(currency) {
		return 0, invalidField("amount", leastText(currency))
	}
	return amount, checkLength("description", root.Get("description"), 1, 45)
}

// captureCharge takes all of a reserved charge or a part of it.
func (s *Service) captureCharge(c *core.Call, ch *charge) response.Response {
	amount, prob := chargeAmount(c, ch.currency)
	if prob == nil {
		prob = ch.capture(c.Now, c.Header.Get("Idempotency-Key"), amount)
	}
	s.publishCharge(ch) // nothing new is sent when there was a problem
	return s.done(c, prob)
}

// refundCharge gives back all of what was captured or a part of it.
func (s *Service) refundCharge(c *core.Call, ch *charge) response.Response {
	amount, prob := chargeAmount(c, ch.currency)
	if prob == nil {
		prob = ch.refund(c.Now, c.Header.Get("Idempotency-Key"), amount)
	}
	s.publishCharge(ch)
	return s.done(c, prob)
}

// cancelCharge releases what is not captured.
func (s *Service) cancelCharge(c *core.Call, ch *charge) response.Response {
	prob := ch.cancel(c.Now, c.Header.Get("Idempotency-Key"))
	s.publishCharge(ch)
	return s.done(c, prob)
}

// getCharge shows one charge in any state.
func (s *Service) getCharge(_ *core.Call, ch *charge) response.Response {
	return response.JSON(200, newChargeBody(ch))
}

// listCharges shows the charges of an agreement, the initial one first, of all states unless
// one is asked for.
func (s *Service) listCharges(c *core.Call, a *agreement) response.Response {
	list := []chargeBody{}
	for _, ch := range a.charges {
		if status := c.Query.Get("status"); status == "" || strings.EqualFold(status, ch.status) {
			list = append(list, newChargeBody(ch))
		}
	}
	list, prob := page(c, list)
	if prob != nil {
		return s.refuse(c, *prob)
	}
	return response.JSON(200, list)
}
