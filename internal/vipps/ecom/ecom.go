// Package ecom is the eCommerce API v2, which ePayment replaced.
//
// Orders are kept here, with everything that happened to them: the responses of later calls are made from that history.
// Its errors are lists of {errorGroup, errorCode, errorMessage}.
package ecom

import (
	"net/http"
	"slices"
	"time"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// A Service is the eCommerce API of one simulator. The server's lock guards it: handlers run
// one at a time.
type Service struct {
	core   *core.Server
	users  consents
	orders map[string]*order // by order id
}

// consents remembers what users agreed to share, and returns the sub that opens it in the
// userinfo API.
type consents interface {
	Consent(now time.Time, scope string) (sub string)
}

// New returns the API of a server. users remembers consents.
func New(server *core.Server, users consents) *Service {
	s := &Service{core: server, users: users}
	s.Reset()
	return s
}

// Reset forgets all orders.
func (s *Service) Reset() { s.orders = map[string]*order{} }

// Has reports whether an order exists.
func (s *Service) Has(orderID string) bool { return s.orders[orderID] != nil }

// Routes are the operations of the eCommerce API, with Vipps' published rate limits, per
// minute and order.
func (s *Service) Routes() []core.Route {
	d := core.Access{Key: true, Token: true, MSNArray: true}
	const base, id = "/ecomm/v2/payments", "orderId"
	return []core.Route{
		d.Route("ecom.initiate", http.MethodPost, base, core.Limit{PerMinute: 2, Key: func(c *core.Call) string {
			return input.Text(gjson.GetBytes(c.Body, "transaction.orderId"))
		}}, s.initiate),
		d.Route("ecom.cancel", http.MethodPut, base+"/{orderId}/cancel", core.ByParam(5, id), s.onOrder(s.cancel)),
		d.Route("ecom.capture", http.MethodPost, base+"/{orderId}/capture", core.ByParam(5, id), s.onOrder(s.capture)),
		d.Route("ecom.refund", http.MethodPost, base+"/{orderId}/refund", core.ByParam(5, id), s.onOrder(s.refund)),
		d.Route("ecom.details", http.MethodGet, base+"/{orderId}/details", core.ByParam(120, id), s.onOrder(s.details)),
		d.Route("ecom.status", http.MethodGet, base+"/{orderId}/status", core.ByParam(120, id), s.onOrder(s.status)),
		d.Route("ecom.approve", http.MethodPost, "/ecomm/v2/integration-test/payments/{orderId}/approve", core.Limit{}, s.onOrder(s.approve)),
	}
}

// onOrder looks the order up, and answers that there is no such order otherwise.
func (s *Service) onOrder(serve func(*core.Call, *order) response.Response) core.Handler {
	return func(c *core.Call) response.Response {
		o, ok := s.orders[c.Params["orderId"]]
		if !ok {
			return s.refuse(problem{"Merchant", "35", "Requested Order not found"})
		}
		return serve(c, o)
	}
}

// once answers a repeated X-Request-Id with the first response. Only successes are kept,
// unlike with ePayment: a refused request may be repeated under the same id.
func (s *Service) once(c *core.Call, do func() response.Response) response.Response {
	key := c.Header.Get("X-Request-Id")
	if len(key) > 40 {
		return s.refuse(*invalidField("X-Request-Id", "X-Request-Id can be at most 40 characters"))
	}
	return s.core.Once(c, key, core.Successes, func() response.Response {
		return s.refuse(*paymentProblem("93", "The request must be identical to the first one with the same X-Request-Id"))
	}, do)
}

// transaction is the entry that the body of capture, cancel or refund asks for, and the body
// itself. An amount of 0, or none, means all that is left.
func (s *Service) transaction(c *core.Call) (entry, gjson.Result, *problem) {
	root, ok := input.Object(c.Body)
	if !ok {
		return entry{}, root, invalidField("body", "The body is not a JSON object")
	}
	if f := s.checkMSN(root.Get("merchantInfo.merchantSerialNumber")); f != nil {
		return entry{}, root, f
	}
	e := entry{text: input.Text(root.Get("transaction.transactionText")), key: c.Header.Get("X-Request-Id"), at: c.Now}
	if e.text == "" || len([]rune(e.text)) > 100 {
		return entry{}, root, invalidField("transaction.transactionText", "transactionText must have 1 to 100 characters")
	}
	if v := root.Get("transaction.amount"); !input.Absent(v) {
		if e.amount, ok = input.Integer(v); !ok {
			return entry{}, root, wrongType()
		}
	}
	switch {
	case e.amount < 0:
		return entry{}, root, paymentProblem("43", "Invalid amount")
	case e.amount > 0 && e.key == "" && c.Operation != "ecom.cancel":
		return entry{}, root, invalidField("X-Request-Id", "X-Request-Id is required for a partial amount")
	}
	e.id = s.core.TransactionID()
	return e, root, nil
}

// capture takes reserved money; amounts are in øre.
func (s *Service) capture(c *core.Call, o *order) response.Response {
	return s.once(c, func() response.Response {
		e, _, f := s.transaction(c)
		if f == nil {
			e, f = o.capture(e)
		}
		if f != nil {
			return s.refuse(*f)
		}
		return response.JSON(200, ecomChange{Order: o.id, Info: info(e, "Captured"), Summary: summary(o)})
	})
}

// refund gives captured money back.
func (s *Service) refund(c *core.Call, o *order) response.Response {
	return s.once(c, func() response.Response {
		e, _, f := s.transaction(c)
		if f == nil {
			e, f = o.refund(e)
		}
		if f != nil {
			return s.refuse(*f)
		}
		// Refund alone calls the same thing transaction.
		return response.JSON(200, ecomChange{Order: o.id, Transaction: info(e, "Refund"), Summary: summary(o)})
	})
}

// cancel is not repeated by idempotency: eCom knows no key for it.
func (s *Service) cancel(c *core.Call, o *order) response.Response {
	e, root, f := s.transaction(c)
	if f == nil {
		e, f = o.cancel(e, root.Get("shouldReleaseRemainingFunds").Bool())
	}
	if f != nil {
		return s.refuse(*f)
	}
	return response.JSON(200, ecomChange{Order: o.id, Info: info(e, "Cancelled"), Summary: summary(o)})
}

// approve is force approval, which Vipps has in its test environment only: the merchant
// stands in for the user's phone. Express orders have no such way.
func (s *Service) approve(c *core.Call, o *order) response.Response {
	return s.once(c, func() response.Response {
		root, ok := input.Object(c.Body)
		token := input.Text(root.Get("token"))
		switch {
		case !ok:
			return s.refuse(*invalidField("body", "The body is not a JSON object"))
		case o.express:
			return s.refuse(*notAllowed())
		case input.Text(root.Get("customerPhoneNumber")) != s.core.Keys().MobileNumber:
			return s.refuse(problem{"User", "81", "User is not registered with Vipps"})
		case token != "" && token != o.token:
			return s.refuse(*invalidField("token", "The token is not the one of this payment's landing page"))
		}
		if f := s.approveOrder(c.Now, o); f != nil {
			return s.refuse(*f)
		}
		return response.Empty(200)
	})
}

// details is the order with its history, shown with the newest entry first.
func (s *Service) details(_ *core.Call, o *order) response.Response {
	d := ecomDetails{Order: o.id, Sub: o.sub, Shipping: o.shipping}
	if o.shipping != nil {
		d.User = s.userDetails(o)
	}
	if o.reserved > 0 {
		d.Summary = summary(o)
	}
	for _, e := range slices.Backward(o.history) {
		d.History = append(d.History, ecomEntry{e.amount, e.text, e.id, core.Timestamp(e.at), e.op, e.key, e.success})
	}
	return response.JSON(200, d)
}

// status is the last entry of the history alone, with failed attempts.
func (s *Service) status(_ *core.Call, o *order) response.Response {
	last := o.history[len(o.history)-1]
	return response.JSON(200, ecomChange{Order: o.id, Info: &ecomInfo{
		Amount: last.amount, Status: string(last.op), At: core.Timestamp(last.at), ID: last.id,
	}})
}
