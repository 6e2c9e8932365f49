package management

import (
	"net/http"
	"regexp"
	"strconv"
	"sync"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// The PSP signup API: sales units that a PSP makes for its merchants. Nothing can
// be paid to the new ones here; the server's keys know one sales unit.

func (s *Service) signupRoutes(d core.Access) []core.Route {
	const base = "/merchant-management/psp/v1/merchants"
	return []core.Route{
		d.Route("signup.list", http.MethodGet, base, core.Limit{}, s.listUnits),
		d.Route("signup.create", http.MethodPost, base, core.Limit{}, s.createUnit),
		d.Route("signup.get", http.MethodGet, base+"/{merchantSerialNumber}", core.Limit{}, s.onUnit(s.getUnit)),
		d.Route("signup.update", http.MethodPatch, base+"/{merchantSerialNumber}", core.Limit{}, s.onUnit(s.updateUnit)),
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

func firstSalesUnit(k core.Keys) *salesUnit {
	return &salesUnit{
		Org: core.Organisation, CompanyName: "Simulated company AS", CompanyEmail: "company@example.com", MSN: k.MerchantSerialNumber,
		Name: "Simulated shop", Status: "ACTIVE", Email: "shop@example.com", Website: "https://example.com",
		Created: "2026-01-01T00:00:00Z", Updated: "2026-01-01T00:00:00Z",
		Address: unitAddress{"Robert Levins gate 5", "", "Oslo", "0154", "NO"},
	}
}

func (s *Service) listUnits(*core.Call) response.Response {
	return response.JSON(200, struct {
		Merchants []*salesUnit `json:"merchants"`
	}{s.units})
}

func (s *Service) onUnit(serve func(*core.Call, *salesUnit) response.Response) func(*core.Call) response.Response {
	return func(c *core.Call) response.Response {
		for _, u := range s.units {
			if u.MSN == c.Params["merchantSerialNumber"] {
				return serve(c, u)
			}
		}
		return core.PlainProblem(c, 404, "Not Found", "No sales unit has this merchant serial number.")
	}
}

func (s *Service) getUnit(_ *core.Call, u *salesUnit) response.Response { return response.JSON(200, u) }

// createUnit adds a sales unit that waits for Vipps' approval.
func (s *Service) createUnit(c *core.Call) response.Response {
	key := c.Header.Get("Idempotency-Key")
	if key == "" {
		return core.PlainProblem(c, 400, "Bad Request", "The Idempotency-Key header is required.")
	}
	conflict := func() response.Response {
		return core.PlainProblem(c, 409, "Conflict", "The Idempotency-Key was used with another body.")
	}
	return s.core.Once(c, key, core.Successes, conflict, func() response.Response {
		root, ok := input.Object(c.Body)
		if !ok {
			return core.PlainProblem(c, 400, "Bad Request", "The body must be a JSON object.")
		}
		for _, name := range []string{"organizationNumber", "name", "mccCode", "companyName", "companyEmail", "address.addressLine1"} {
			if input.Text(root.Get(name)) == "" {
				return core.PlainProblem(c, 400, "Bad Request", name+" must not be empty.")
			}
		}
		if prob, wrong := checkContact(c, root); wrong {
			return prob
		}
		u := &salesUnit{MSN: strconv.Itoa(800000 + len(s.units)), Status: "PENDING", Org: input.Text(root.Get("organizationNumber")), Created: core.Timestamp(c.Now)}
		u.Address.Post, u.Address.Country = "0154", "NO" // lists show both, and a body may leave them out
		u.take(root, core.Timestamp(c.Now))
		s.units = append(s.units, u)
		return response.JSON(200, struct {
			MSN string `json:"merchantSerialNumber"`
		}{u.MSN})
	})
}

// emailAddress is near the pattern of the specification.
var emailAddress = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[\w.!#$%&*+/=?^{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$`)
})

// The forms of an address that the specification gives.
var (
	postCode = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9 ]+$`) })
	country  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\w{2}$`) })
)

// checkContact refuses an e-mail address, post code or country that is not one.
func checkContact(c *core.Call, root gjson.Result) (response.Response, bool) {
	for _, name := range []string{"companyEmail", "email"} {
		if v := root.Get(name); !input.Absent(v) && (len(v.Str) > 255 || !emailAddress().MatchString(v.Str)) {
			return core.PlainProblem(c, 400, "Bad Request", name+" must be an email address."), true
		}
	}
	for name, form := range map[string]*regexp.Regexp{"address.postCode": postCode(), "address.country": country()} {
		if v := root.Get(name); !input.Absent(v) && !form.MatchString(input.Text(v)) {
			return core.PlainProblem(c, 400, "Bad Request", name+" is not valid."), true
		}
	}
	return response.Response{}, false
}

// updateUnit changes what the body names and leaves the rest.
func (s *Service) updateUnit(c *core.Call, u *salesUnit) response.Response {
	root, ok := input.Object(c.Body)
	if !ok {
		return core.PlainProblem(c, 400, "Bad Request", "The body must be a JSON object.")
	}
	if prob, wrong := checkContact(c, root); wrong {
		return prob
	}
	u.take(root, core.Timestamp(c.Now))
	if root.Get("deactivate").Bool() {
		u.Status = "DEACTIVATED"
	}
	return response.Empty(200)
}

// take copies what a body has.
func (u *salesUnit) take(root gjson.Result, now string) {
	for name, field := range map[string]*string{
		"name": &u.Name, "companyName": &u.CompanyName, "companyEmail": &u.CompanyEmail, "email": &u.Email,
		"website": &u.Website, "address.addressLine1": &u.Address.Line1, "address.addressLine2": &u.Address.Line2,
		"address.city": &u.Address.City, "address.postCode": &u.Address.Post, "address.country": &u.Address.Country,
	} {
		if v := root.Get(name); !input.Absent(v) {
			*field = input.Text(v)
		}
	}
	u.Updated = now
}
