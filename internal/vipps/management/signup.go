package vipps

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// The PSP signup API: sales units that a PSP makes for its merchants. Nothing can
// be paid to the new ones here; the server's keys know one sales unit.

func (s *Server) pspSignupRoutes() []route {
	d := door{key: true, token: true}
	const base = "/merchant-management/psp/v1/merchants"
	return []route{
		{"signup.list", http.MethodGet, base, d, limit{}, s.listUnits},
		{"signup.create", http.MethodPost, base, d, limit{}, s.createUnit},
		{"signup.get", http.MethodGet, base + "/{merchantSerialNumber}", d, limit{}, s.onUnit(s.getUnit)},
		{"signup.update", http.MethodPatch, base + "/{merchantSerialNumber}", d, limit{}, s.onUnit(s.updateUnit)},
	}
}

// A salesUnit is what can receive payments.
type salesUnit struct {
	Org          string      `json:"organizationNumber"`
	CompanyName  string      `json:"companyName"`
	CompanyEmail string      `json:"companyEmail"`
	MSN          string      `json:"merchantSerialNumber"`
	Name         string      `json:"name"`
	Status       string      `json:"status"`
	Email        string      `json:"email,omitempty"`
	Website      string      `json:"website,omitempty"`
	Created      string      `json:"createdAt,omitempty"`
	Updated      string      `json:"updatedAt,omitempty"`
	Address      unitAddress `json:"address"`
}

type unitAddress struct {
	Line1   string `json:"addressLine1"`
	Line2   string `json:"addressLine2,omitempty"`
	City    string `json:"city"`
	Post    string `json:"postCode"`
	Country string `json:"country"`
}

// simulatedOrg is the organisation that the sales unit belongs to; it has the number
// that the official collections carry.
const simulatedOrg = "918130047"

func firstSalesUnit(k Keys) *salesUnit {
	return &salesUnit{
		Org: simulatedOrg, CompanyName: "Simulated company AS", CompanyEmail: "company@example.com", MSN: k.MerchantSerialNumber,
		Name: "Simulated shop", Status: "ACTIVE", Email: "shop@example.com", Website: "https://example.com",
		Created: "2026-01-01T00:00:00Z", Updated: "2026-01-01T00:00:00Z",
		Address: unitAddress{"Robert Levins gate 5", "", "Oslo", "0154", "NO"},
	}
}

func (s *Server) listUnits(*call) reply {
	return jsonReply(200, mimeJSON, struct {
		Merchants []*salesUnit `json:"merchants"`
	}{s.units})
}

func (s *Server) onUnit(serve func(*call, *salesUnit) reply) func(*call) reply {
	return func(c *call) reply {
		for _, u := range s.units {
			if u.MSN == c.params["merchantSerialNumber"] {
				return serve(c, u)
			}
		}
		return plainProblem(c, 404, "Not Found", "No sales unit has this merchant serial number.")
	}
}

func (s *Server) getUnit(_ *call, u *salesUnit) reply { return jsonReply(200, mimeJSON, u) }

func (s *Server) createUnit(c *call) reply {
	key := c.header.Get("Idempotency-Key")
	if key == "" {
		return plainProblem(c, 400, "Bad Request", "The Idempotency-Key header is required.")
	}
	conflict := func() reply {
		return plainProblem(c, 409, "Conflict", "The Idempotency-Key was used with another body.")
	}
	return s.once(c, key, successes, conflict, func() reply {
		root, ok := object(c.body)
		if !ok {
			return plainProblem(c, 400, "Bad Request", "The body must be a JSON object.")
		}
		for _, name := range []string{"organizationNumber", "name", "mccCode", "companyName", "companyEmail", "address.addressLine1"} {
			if text(root.Get(name)) == "" {
				return plainProblem(c, 400, "Bad Request", name+" must not be empty.")
			}
		}
		u := &salesUnit{MSN: strconv.Itoa(800000 + len(s.units)), Status: "PENDING", Org: text(root.Get("organizationNumber")), Created: at(c.now)}
		u.take(root, at(c.now))
		s.units = append(s.units, u)
		return jsonReply(200, mimeJSON, struct {
			MSN string `json:"merchantSerialNumber"`
		}{u.MSN})
	})
}

func (s *Server) updateUnit(c *call, u *salesUnit) reply {
	root, ok := object(c.body)
	if !ok {
		return plainProblem(c, 400, "Bad Request", "The body must be a JSON object.")
	}
	u.take(root, at(c.now))
	if root.Get("deactivate").Bool() {
		u.Status = "DEACTIVATED"
	}
	return reply{status: 200}
}

// take copies what a body has.
func (u *salesUnit) take(root gjson.Result, now string) {
	for name, field := range map[string]*string{
		"name": &u.Name, "companyName": &u.CompanyName, "companyEmail": &u.CompanyEmail, "email": &u.Email,
		"website": &u.Website, "address.addressLine1": &u.Address.Line1, "address.addressLine2": &u.Address.Line2,
		"address.city": &u.Address.City, "address.postCode": &u.Address.Post, "address.country": &u.Address.Country,
	} {
		if v := root.Get(name); !absent(v) {
			*field = text(v)
		}
	}
	u.Updated = now
}

// plainProblem is RFC 7807 with no more than its own fields, as several APIs send it.
func plainProblem(c *call, status int, title, detail string) reply {
	return jsonReply(status, mimeJSON, struct {
		Type     string `json:"type"`
		Title    string `json:"title"`
		Status   int    `json:"status"`
		Detail   string `json:"detail"`
		Instance string `json:"instance"`
	}{"https://httpstatuses.io/" + strconv.Itoa(status), title, status, detail, strings.TrimSuffix(c.path, "/")})
}
