// Observations on pm.request and pm.response. record_pm.js makes them in Postman's sandbox, pm_test.go in ours.
const said = [];
function t(name, f) {
  let r;
  try { r = f(); r = typeof r === 'string' ? r : String(JSON.stringify(r)); } catch (e) { r = 'throws ' + e.name + ': ' + e.message; }
  said.push([name, r]);
}
t('keys',()=>Object.keys(pm.request.url));
t('own',()=>Object.getOwnPropertyNames(pm.response));
t('hdr keys',()=>Object.keys(pm.response.headers));
t('hdr forin',()=>{let a=[];for(const k in pm.response.headers.members[0])a.push(k);return a.length});
t('include',()=>{pm.expect(pm.response.headers.get('content-type')).to.include('json');return 'ok'});
t('have.prop',()=>{pm.expect(pm.response).to.have.property('code',200);return 'ok'});
t('neg',()=>pm.expect(pm.response).to.have.property('code',201));
t('respTime',()=>{pm.expect(pm.response.responseTime).to.be.below(99999);pm.response.to.have.responseTime.below(99999);return 'ok'});
t('size',()=>typeof pm.response.size().total);
t('oneof',()=>{pm.expect(pm.response.code).to.be.oneOf([200,201]);return 'ok'});
t('str',()=>String(pm.request.url).replace(/:\d+/,':N')+String(pm.request.headers.one('a'))+`${pm.response}`);
t('clone',()=>JSON.stringify(pm.response.clone?1:0)+JSON.stringify(pm.request.clone().toJSON().method));
t('hasOwn',()=>[pm.response.hasOwnProperty('code'),'headers' in pm.response,pm.response.hasOwnProperty('to'),Object.getOwnPropertyDescriptor(pm.response,'code')]);
t('withbody',()=>{pm.response.to.be.withBody;pm.response.to.have.jsonBody('a[1]',2);return 'ok'});
t('exp body',()=>pm.response.to.have.body({a:[1]}));
t('exp jb',()=>pm.response.to.have.jsonBody('a[1]',{x:1}));
t('to req',()=>{pm.request.to.have.header('A');return 'ok'});
t('to req2',()=>pm.request.to.have.header('A','zz'));
t('auth',()=>typeof pm.request.auth+typeof pm.request.certificate);
t('contentInfo',()=>pm.response.contentInfo());
t('encoding',()=>pm.response.encoding());
t('toJSON keys',()=>Object.keys(pm.response.toJSON()));
t('request json',()=>{const r=pm.request.toJSON();delete r.header;delete r.url.port;return r});
t('names',()=>[pm.response.constructor.name,pm.request.constructor.name,pm.request.url.constructor.name]);
t('hollow size',()=>pm.response.code?0:pm.response.size());
t('ok',()=>{pm.response.to.be.ok;return 'ok'});
t('success',()=>{pm.response.to.be.success;return 'ok'});
t('error',()=>{pm.response.to.be.error;return 'ok'});
t('notFound',()=>{pm.response.to.be.notFound;return 'ok'});
t('header',()=>{pm.response.to.have.header('content-type','application/json');return 'ok'});
t('status text',()=>{pm.response.to.have.status('OK');return 'ok'});
t('not json',()=>{pm.response.to.not.be.json;return 'ok'});
t('body',()=>{pm.response.to.have.body('{"a":[1,2]}');return 'ok'});
t('chained',()=>{pm.expect(pm.response).to.have.status(200).and.to.be.json;return 'ok'});
t('number of a response',()=>pm.expect(pm.response).to.be.above(3));
t('empty',()=>pm.expect(pm.response.json()).to.be.empty);
t('request is not a response',()=>pm.expect(pm.request).to.have.status(200));
t('text is not a response',()=>pm.expect(pm.response.text()).to.have.status(200));
t('assign',()=>{pm.response.code=404;return [pm.response.reason(),pm.response.details().name,pm.response.code]});
say(said);
