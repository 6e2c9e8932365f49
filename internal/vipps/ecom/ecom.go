package vipps

import (
	"net/http"
	"slices"

	"github.com/tidwall/gjson"
)

// The HTTP side of the eCommerce API v2.

func (s *Server) ecomRoutes() []route {
	d := door{key: true, token: true, msnArray: true}
	const base, id = "/ecomm/v2/payments", "orderId"
	return []route{
		{"ecom.initiate", http.MethodPost, base, d, limit{2, func(c *call) string {
			return text(gjson.GetBytes(c.body, "transaction.orderId"))
		}}, s.ecomInitiate},
		{"ecom.cancel", http.MethodPut, base + "/{orderId}/cancel", d, byParam(5, id), s.onOrder(s.ecomCancel)},
		{"ecom.capture", http.MethodPost, base + "/{orderId}/capture", d, byParam(5, id), s.onOrder(s.ecomCapture)},
		{"ecom.refund", http.MethodPost, base + "/{orderId}/refund", d, byParam(5, id), s.onOrder(s.ecomRefund)},
		{"ecom.details", http.MethodGet, base + "/{orderId}/details", d, byParam(120, id), s.onOrder(s.ecomDetails)},
		{"ecom.status", http.MethodGet, base + "/{orderId}/status", d, byParam(120, id), s.onOrder(s.ecomStatus)},
		{"ecom.approve", http.MethodPost, "/ecomm/v2/integration-test/payments/{orderId}/approve", d, limit{}, s.onOrder(s.ecomApprove)},
	}
}

// onOrder looks the order up.
func (s *Server) onOrder(serve func(*call, *order) reply) func(*call) reply {
	return func(c *call) reply {
		o, ok := s.orders[c.params["orderId"]]
		if !ok {
			return s.ecomReply(fault{"Merchant", "35", "Requested Order not found"})
		}
		return serve(c, o)
	}
}

// ecomOnce answers a repeated X-Request-Id with the first answer. Only what
// succeeded is remembered, so that a refused call can be mended and sent again.
func (s *Server) ecomOnce(c *call, do func() reply) reply {
	key := c.header.Get("X-Request-Id")
	if len(key) > 40 {
		return s.ecomReply(*invalidField("X-Request-Id", "X-Request-Id can be at most 40 characters"))
	}
	return s.once(c, key, successes, func() reply {
		return s.ecomReply(*paymentFault("93", "The request must be identical to the first one with the same X-Request-Id"))
	}, do)
}

// transaction is the entry that the body of capture, cancel or refund asks for.
func (s *Server) transaction(c *call) (entry, gjson.Result, *fault) {
	root, ok := object(c.body)
	if !ok {
		return entry{}, root, invalidField("body", "The body is not a JSON object")
	}
	if f := s.checkMSN(root.Get("merchantInfo.merchantSerialNumber")); f != nil {
		return entry{}, root, f
	}
	e := entry{text: text(root.Get("transaction.transactionText")), key: c.header.Get("X-Request-Id"), at: c.now}
	if e.text == "" || len([]rune(e.text)) > 100 {
		return entry{}, root, invalidField("transaction.transactionText", "transactionText must have 1 to 100 characters")
	}
	if v := root.Get("transaction.amount"); !absent(v) {
		if e.amount, ok = integer(v); !ok {
			return entry{}, root, wrongType()
		}
	}
	switch {
	case e.amount < 0:
		return entry{}, root, paymentFault("43", "Invalid amount")
	case e.amount > 0 && e.key == "" && c.operation != "ecom.cancel":
		return entry{}, root, invalidField("X-Request-Id", "X-Request-Id is required for a partial amount")
	}
	e.id = s.transactionID()
	return e, root, nil
}

func (s *Server) ecomCapture(c *call, o *order) reply {
	return s.ecomOnce(c, func() reply {
		e, _, f := s.transaction(c)
		if f == nil {
			e, f = o.capture(e)
		}
		if f != nil {
			return s.ecomReply(*f)
		}
		return jsonReply(200, mimeJSON, ecomChange{Order: o.id, Info: info(e, "Captured"), Summary: summary(o)})
	})
}

func (s *Server) ecomRefund(c *call, o *order) reply {
	return s.ecomOnce(c, func() reply {
		e, _, f := s.transaction(c)
		if f == nil {
			e, f = o.refund(e)
		}
		if f != nil {
			return s.ecomReply(*f)
		}
		// Refund alone calls the same thing transaction.
		return jsonReply(200, mimeJSON, ecomChange{Order: o.id, Transaction: info(e, "Refund"), Summary: summary(o)})
	})
}

func (s *Server) ecomCancel(c *call, o *order) reply {
	e, root, f := s.transaction(c)
	if f == nil {
		e, f = o.cancel(e, root.Get("shouldReleaseRemainingFunds").Bool())
	}
	if f != nil {
		return s.ecomReply(*f)
	}
	return jsonReply(200, mimeJSON, ecomChange{Order: o.id, Info: info(e, "Cancelled"), Summary: summary(o)})
}

func (s *Server) ecomApprove(c *call, o *order) reply {
	return s.ecomOnce(c, func() reply {
		root, ok := object(c.body)
		token := text(root.Get("token"))
		switch {
		case !ok:
			return s.ecomReply(*invalidField("body", "The body is not a JSON object"))
		case o.express:
			return s.ecomReply(*notAllowed())
		case text(root.Get("customerPhoneNumber")) != s.keys.MobileNumber:
			return s.ecomReply(fault{"User", "81", "User is not registered with Vipps"})
		case token != "" && token != o.token:
			return s.ecomReply(*invalidField("token", "The token is not the one of this payment's landing page"))
		}
		if f := s.approveOrder(c.now, o); f != nil {
			return s.ecomReply(*f)
		}
		return reply{status: 200}
	})
}

func (s *Server) ecomDetails(_ *call, o *order) reply {
	d := ecomDetails{Order: o.id, Sub: o.sub, Shipping: o.shipping}
	if o.shipping != nil {
		d.User = s.userDetails(o)
	}
	if o.reserved > 0 {
		d.Summary = summary(o)
	}
	for _, e := range slices.Backward(o.history) {
		d.History = append(d.History, ecomEntry{e.amount, e.text, e.id, at(e.at), e.op, e.key, e.success})
	}
	return jsonReply(200, mimeJSON, d)
}

func (s *Server) ecomStatus(_ *call, o *order) reply {
	last := o.history[len(o.history)-1]
	return jsonReply(200, mimeJSON, ecomChange{Order: o.id, Info: &ecomInfo{
		Amount: last.amount, Status: string(last.op), At: at(last.at), ID: last.id,
	}})
}
