package vipps

import (
	"net/http"
	"strings"
	"time"
)

// The Invoice API, gone at Vipps since. ISPs sent invoices, IPPs let recipients pay
// them. The two had paths of their own; here both roles are played under both,
// because the official environments have one variable for either.

func (s *Server) invoiceRoutes() []route {
	d := door{key: true, token: true, bareToken: true}
	all := []route{{name: "invoice.jwk", method: http.MethodGet, pattern: "/vipps-invoice/public/jwk", serve: s.invoiceKeys}}
	for _, base := range []string{"/vipps-ipp/v1", "/vipps-isp/v1"} {
		one := base + "/invoices/{invoiceId}"
		all = append(all, []route{
			{"invoice.recipient", http.MethodPost, base + "/recipients/tokens", d, limit{}, s.recipientToken},
			{"invoice.count", http.MethodGet, base + "/invoices/count", d, limit{}, s.onRecipient(s.countInvoices)},
			{"invoice.list", http.MethodGet, base + "/invoices", d, limit{}, s.onRecipient(s.listInvoices)},
			{"invoice.put", http.MethodPut, one, d, limit{}, s.putInvoice},
			{"invoice.get", http.MethodGet, one, d, limit{}, s.onInvoice(s.getInvoice)},
			{"invoice.status", http.MethodPut, one + "/status/{state}", d, limit{}, s.onInvoice(s.setInvoice)},
			{"invoice.document", http.MethodGet, one + "/commercial-invoice", d, limit{}, s.onInvoice(s.invoiceDocument)},
			{"invoice.attachment", http.MethodGet, one + "/attachments/{attachmentId}", d, limit{}, s.onInvoice(s.invoiceDocument)},
			{"invoice.ownjwk", http.MethodGet, base + "/public/jwk", door{}, limit{}, s.invoiceKeys},
		}...)
	}
	return all
}

// recipientLife is how long a recipient token can be used.
const recipientLife = 15 * time.Minute

func (s *Server) invoiceProblem(c *call, status int, detail string) reply {
	type problem struct {
		Type     string `json:"type"`
		Title    string `json:"title"`
		Detail   string `json:"detail"`
		Instance string `json:"instance"`
		ID       string `json:"correlationId"`
	}
	return jsonReply(status, mimeJSON, struct {
		Error problem `json:"error"`
	}{problem{"about:blank", http.StatusText(status), detail, c.path, s.guid()}})
}

func (s *Server) recipientToken(c *call) reply {
	root, ok := object(c.body)
	kind, value := text(root.Get("type")), text(root.Get("value"))
	switch {
	case !ok || kind != "nin-no" && kind != "msisdn":
		return s.invoiceProblem(c, 400, "The type must be nin-no or msisdn.")
	case kind == "nin-no" && !isDigits(value, 11, 11), kind == "msisdn" && !isDigits(value, 10, 15):
		return s.invoiceProblem(c, 404, "There is no such recipient.")
	}
	token := s.sign(map[string]any{"sub": value, "exp": c.now.Add(recipientLife).Unix(), "iat": c.now.Unix(), "jti": s.guid()})
	s.recipients[token] = kind + ":" + value
	s.later(c.now.Add(recipientLife), func(time.Time) { delete(s.recipients, token) })
	return jsonReply(200, mimeJSON, map[string]string{"recipientToken": token})
}

// onRecipient asks for the token of the person whose invoices are looked at.
func (s *Server) onRecipient(serve func(*call, string) reply) func(*call) reply {
	return func(c *call) reply {
		person, ok := s.recipients[c.header.Get("vippsinvoice-recipienttoken")]
		if !ok {
			return s.invoiceProblem(c, 400, "The header vippsinvoice-recipienttoken needs a token that was asked for in the last 15 minutes.")
		}
		return serve(c, person)
	}
}

// onInvoice looks an invoice up. A recipient token, where one is sent, must be its
// recipient's.
func (s *Server) onInvoice(serve func(*call, *invoice) reply) func(*call) reply {
	return func(c *call) reply {
		v, ok := s.invoices[c.params["invoiceId"]]
		if token := c.header.Get("vippsinvoice-recipienttoken"); ok && token != "" {
			ok = v.isOf(s.recipients[token])
		}
		if !ok {
			return reply{status: http.StatusNotFound}
		}
		return serve(c, v)
	}
}

func (s *Server) listInvoices(c *call, person string) reply {
	list := []invoiceBody{}
	for _, v := range s.invoicesOf(person, c.query.Get("state")) {
		list = append(list, v.body())
	}
	return jsonReply(200, mimeJSON, list)
}

func (s *Server) countInvoices(c *call, person string) reply {
	return jsonReply(200, mimeJSON, len(s.invoicesOf(person, c.query.Get("state"))))
}

func (s *Server) getInvoice(_ *call, v *invoice) reply { return jsonReply(200, mimeJSON, v.body()) }

func (s *Server) putInvoice(c *call) reply {
	root, ok := object(c.body)
	id := c.params["invoiceId"]
	person := s.recipients[text(root.Get("recipientToken"))]
	switch {
	case !ok:
		return s.invoiceProblem(c, 400, "The body must be a JSON object.")
	case strings.Count(id, ".") != 2 || !strings.HasPrefix(id, "orgno-no."):
		return s.invoiceProblem(c, 400, "The invoice id must look like orgno-no.918130047.123.")
	case person == "":
		return s.invoiceProblem(c, 400, "The recipientToken is unknown or has ended.")
	}
	if old, known := s.invoices[id]; known && old.state != "created" && old.state != "pending" {
		return s.invoiceProblem(c, 409, "The invoice is "+old.state+".")
	}
	v, why := newInvoice(id, person, root, c.now)
	if why != "" {
		return s.invoiceProblem(c, 400, why)
	}
	v.etag = s.hex(8)
	s.invoices[id] = v
	return reply{status: 200}
}

// setInvoice moves an invoice on, when the caller knows its present state.
func (s *Server) setInvoice(c *call, v *invoice) reply {
	key := c.header.Get("Idempotency-Key")
	if key == "" {
		return s.invoiceProblem(c, 400, "The Idempotency-Key header is required.")
	}
	conflict := func() reply { return s.invoiceProblem(c, 409, "The Idempotency-Key was used with another body.") }
	return s.once(c, key, successes, conflict, func() reply {
		if c.header.Get("If-Match") != v.etag {
			return s.invoiceProblem(c, 409, "The etag is not the one of the last known status.")
		}
		if why := v.become(c.params["state"], c.now); why != "" {
			return s.invoiceProblem(c, 409, why)
		}
		v.etag = s.hex(8)
		return reply{status: http.StatusNoContent}
	})
}

func (s *Server) invoiceDocument(c *call, v *invoice) reply {
	if id := c.params["attachmentId"]; id != "" && !v.has(id) {
		return reply{status: http.StatusNotFound}
	}
	return jsonReply(200, mimeJSON, map[string]string{"url": v.document})
}

// invoiceKeys is the public half of the key that document links were signed with.
func (s *Server) invoiceKeys(c *call) reply { return s.jwks(c) }
