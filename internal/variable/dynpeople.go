package variable

import "strings"

// people are names and jobs.
func people() map[string]maker {
	return map[string]maker{
		"randomFirstName":  (*Dynamic).firstName,
		"randomLastName":   (*Dynamic).lastName,
		"randomFullName":   (*Dynamic).fullName,
		"randomNamePrefix": (*Dynamic).namePrefix,
		"randomNameSuffix": (*Dynamic).nameSuffix,
		"randomUserName":   (*Dynamic).userName,
		"randomPassword":   func(d *Dynamic) string { return d.chars(15, wordChars) },
		"randomJobTitle": func(d *Dynamic) string {
			return d.jobDescriptor() + " " + d.jobArea() + " " + d.jobType()
		},
		"randomJobDescriptor": (*Dynamic).jobDescriptor,
		"randomJobArea":       (*Dynamic).jobArea,
		"randomJobType":       (*Dynamic).jobType,
	}
}

func (d *Dynamic) firstName() string {
	return d.pick("Ada Alva Arne Astrid Bjorn Brita Cato Dagny Einar Elin Erik Frida Gro Gunnar Hanna Harald Ida Ingrid Ivar " +
		"Jon Kari Knut Lars Liv Magnus Marit Nils Nora Olav Pia Ragnar Rolf Selma Sigrid Sven Tora Trygve Unni Vera Yngve")
}

func (d *Dynamic) lastName() string {
	return d.pick("Aas Bakke Berg Bjerke Brekke Dahl Eide Engen Foss Fjeld Gran Haug Hagen Holm Iversen Jensen Kvam Lien Lund " +
		"Moe Myhre Nygaard Olsen Petersen Ruud Sand Skog Solberg Strand Sunde Thorsen Tveit Ulven Vik Wold Aune")
}

func (d *Dynamic) namePrefix() string { return d.pick("Mr. Mrs. Ms. Miss Dr.") }

func (d *Dynamic) nameSuffix() string { return d.pick("Jr. Sr. I II III IV V MD DDS PhD DVM") }

func (d *Dynamic) fullName() string {
	name := d.firstName() + " " + d.lastName()
	switch d.intn(8) {
	case 0:
		return d.namePrefix() + " " + name
	case 1:
		return name + " " + d.nameSuffix()
	}
	return name
}

// userName is a first name, often with a number or a last name behind it.
func (d *Dynamic) userName() string {
	switch d.intn(3) {
	case 0:
		return d.firstName() + d.chars(2, digits)
	case 1:
		return d.firstName() + d.pick(". _") + d.lastName()
	}
	return d.firstName() + d.pick(". _") + d.lastName() + d.chars(2, digits)
}

func (d *Dynamic) jobDescriptor() string {
	return d.pick("Lead Senior Direct Corporate Dynamic Future Product National Regional District Central Global Customer " +
		"Investor International Legacy Forward Internal Human Chief Principal")
}

func (d *Dynamic) jobArea() string {
	return d.pick("Solutions Program Brand Security Research Marketing Directives Implementation Integration Functionality " +
		"Response Paradigm Tactics Identity Markets Group Division Applications Optimization Operations Infrastructure " +
		"Intranet Communications Web Branding Quality Assurance Mobility Accounts Data Creative Configuration " +
		"Accountability Interactions Factors Usability Metrics")
}

func (d *Dynamic) jobType() string {
	return d.pick("Supervisor Associate Executive Liaison Officer Manager Engineer Specialist Director Coordinator " +
		"Administrator Architect Analyst Designer Planner Orchestrator Technician Developer Producer Consultant " +
		"Assistant Facilitator Agent Representative Strategist")
}

// plain makes a name fit for a mail address.
func plain(name string) string { return strings.ReplaceAll(name, " ", "") }
