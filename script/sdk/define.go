package sdk

import "github.com/dop251/goja"

// define returns the class of a name, not built yet. The names are those of Module.
func (s *SDK) define(name string) *class {
	switch name {
	case "PropertyBase":
		return s.propertyBaseClass()
	case "Property":
		return s.propertyClass()
	case "PropertyList":
		return s.propertyListClass()
	case "Description":
		return s.descriptionClass()
	case "Header":
		return s.headerClass()
	case "HeaderList":
		return s.headerListClass()
	case "QueryParam":
		return s.queryParamClass()
	case "FormParam":
		return s.formParamClass()
	case "Url":
		return s.urlClass()
	case "Request":
		return s.requestClass()
	case "RequestBody":
		return s.requestBodyClass()
	case "RequestAuth":
		return s.requestAuthClass()
	case "Response":
		return s.responseClass()
	case "Cookie":
		return s.cookieClass()
	case "CookieList":
		return s.cookieListClass()
	case "Variable":
		return s.variableClass()
	case "VariableList":
		return s.variableListClass()
	case "VariableScope":
		return s.variableScopeClass()
	}
	return s.defineEntity(name)
}

// defineEntity returns the classes that only require('postman-collection') shows.
func (s *SDK) defineEntity(name string) *class {
	switch name {
	case "Script":
		return s.scriptClass()
	case "Event":
		return s.eventClass()
	case "EventList":
		return s.eventListClass()
	case "Item":
		return s.itemClass()
	case "ItemGroup":
		return s.itemGroupClass()
	case "Collection":
		return s.collectionClass()
	case "Version":
		return s.versionClass()
	case "Certificate":
		return s.certificateClass()
	case "CertificateList":
		return s.certificateListClass()
	case "ProxyConfig":
		return s.proxyConfigClass()
	case "ProxyConfigList":
		return s.proxyConfigListClass()
	case "UrlMatchPattern":
		return s.matchPatternClass()
	case "MutationTracker":
		return s.mutationTrackerClass()
	case "UrlMatchPatternList":
		return s.matchPatternListClass()
	}
	panic("sdk: no class " + name)
}

// names are the constructors of require('postman-collection'), as the SDK exports them.
func names() []string {
	return []string{
		"PropertyBase", "Certificate", "CertificateList", "Collection", "Cookie", "CookieList", "Description",
		"Event", "EventList", "FormParam", "Header", "HeaderList", "Item", "ItemGroup", "MutationTracker", "PropertyList",
		"Property", "QueryParam", "Request", "RequestAuth", "RequestBody", "Response", "Script", "Url",
		"UrlMatchPattern", "UrlMatchPatternList", "Variable", "VariableList", "VariableScope", "ProxyConfig",
		"ProxyConfigList", "Version",
	}
}

// Module is the value of require('postman-collection'). Each constructor is made when first read.
func (s *SDK) Module() *goja.Object {
	if s.module != nil {
		return s.module
	}
	s.module = s.vm.NewObject()
	for _, name := range names() {
		getter := s.function(method{"get " + name, 0, func(this *goja.Object, _ args) goja.Value {
			ctor := s.class(name).ctor
			_ = s.module.DefineDataProperty(name, ctor, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
			return ctor
		}})
		setter := s.function(method{"set " + name, 1, func(this *goja.Object, a args) goja.Value {
			_ = this.DefineDataProperty(name, a.at(0), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
			return nil
		}})
		_ = s.module.DefineAccessorProperty(name, getter, setter, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
	return s.module
}

// listOf is a list class of one member class without methods of its own. Its constructor takes
// (parent, populate).
func (s *SDK) listOf(of string) *class {
	return &class{
		parent: "PropertyList",
		init: func(o *goja.Object, a args) {
			s.initPropertyList(o, args{s.class(of).ctor, a.at(0), a.at(1)})
		},
	}
}
