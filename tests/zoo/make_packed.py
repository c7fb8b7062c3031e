'''make_packed.py OUT: writes the files of tests/zoo/packed, one article (or a few of the same) in every format that
holds or wraps articles. They are kept as files, since some writers put times and random numbers into them.'''
import sys,os,io,gzip,bz2,lzma,json,csv,zipfile,tarfile,email.message,email.policy,mailbox,zlib,base64
D=sys.argv[1]; os.makedirs(D,exist_ok=True)
P1='“We will mend the pier by June,” said Mayor Ada Orsk, who has run the town for nine years.'
P2='Nobody on the council disagreed — not even Bo Lindqvist, the café owner from Kåfjord.'
T='Pier to Be Mended'
def w(n,b):
    p=os.path.join(D,n); os.makedirs(os.path.dirname(p),exist_ok=True); open(p,'wb').write(b if isinstance(b,bytes) else b.encode())
HTML='<html><head><title>%s</title><meta name="author" content="Tilda Orme"><meta property="article:published_time" content="2014-03-11T09:00:00Z"><meta property="og:site_name" content="The Lake Post"></head><body><h1>%s</h1><p>%s</p><p>%s</p></body></html>'%(T,T,P1,P2)
# mail
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.header import Header
def mail(parts,**k):
    if len(parts)==1: m=parts[0]
    else:
        m=MIMEMultipart('alternative')
        for p in parts: m.attach(p)
    m['From']=k.get('frm','Tilda Orme <tilda@v.example>'); m['To']='x@v.example'; m['Subject']=k.get('subject',T); m['Date']='Tue, 11 Mar 2014 09:30:00 +0000'; m['Message-ID']='<1@v.example>'
    return m.as_bytes()
body=P1+'\n\n'+P2+'\n'
w('mail-plain-qp.eml',mail([MIMEText(body,'plain','utf-8')]))
def qpmsg(charset,enc):
    import quopri
    b=body.encode(enc,'xmlcharrefreplace') if enc!='utf-8' else body.encode()
    return ('From: Tilda Orme <tilda@v.example>\r\nTo: x@v.example\r\nSubject: =?%s?Q?%s?=\r\nDate: Tue, 11 Mar 2014 09:30:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset="%s"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'%(charset,T.replace(' ','_'),charset)).encode()+quopri.encodestring(b)
w('mail-qp-1252.eml',qpmsg('windows-1252','cp1252')); w('mail-qp-utf8.eml',qpmsg('UTF-8','utf-8'))
w('mail-alternative.eml',mail([MIMEText(body,'plain','utf-8'),MIMEText(HTML,'html','utf-8')]))
w('mail-html-only.eml',mail([MIMEText(HTML,'html','utf-8')]))
w('mail-reply.eml',mail([MIMEText(P1+'\n\nOn Monday, Bo Lind wrote:\n> “Old words,” said Eva Old.\n> more\n\n'+P2+'\n-- \nTilda Orme\nThe Lake Post\n','plain','utf-8')],subject='Re: '+T))
att=MIMEMultipart('mixed'); att.attach(MIMEText(body,'plain','utf-8')); a=MIMEText('attached','plain'); a['Content-Disposition']='attachment; filename=x.txt'; att.attach(a)
att['From']='"Orme, Tilda" <a@v.example>'; att['Subject']=Header('Pier to Be Mended','utf-8').encode(); att['Date']='Tue, 11 Mar 2014 09:30:00 +0000'; att['To']='b'; w('mail-attachment.eml',att.as_bytes())
def letter(i):
    text=body.replace('Nobody on',('>' if i else '')+'From the pier: nobody on') if i else body
    return ('From x@v.example Tue Mar 11 09:30:00 2014\nFrom: Tilda Orme <tilda@v.example>\nTo: x@v.example\nSubject: %s %d\nDate: Tue, 11 Mar 2014 09:30:00 +0000\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s\n'%(T,i,text)).encode()
w('box.mbox',b''.join(letter(i) for i in range(3)))
w('Inbox',open(D+'/box.mbox','rb').read())
# warc
def rec(t,uri,block,ct='application/http; msgtype=response'):
    h='WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2014-03-12T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n'%(t,uri,ct,len(block))
    return h.encode()+block+b'\r\n\r\n'
def http(body,extra='',status='200 OK',ct='text/html; charset=utf-8'): return ('HTTP/1.1 %s\r\nContent-Type: %s\r\n%s\r\n'%(status,ct,extra)).encode()+body
hb=HTML.encode()
def chunk(b): return b''.join(b'%x\r\n'%len(b[i:i+50])+b[i:i+50]+b'\r\n' for i in range(0,len(b),50))+b'0\r\n\r\n'
recs=[rec('warcinfo','',b'software: x\r\n','application/warc-fields'),rec('request','http://v.example/2014/03/11/pier',b'GET / HTTP/1.1\r\n\r\n','application/http; msgtype=request'),
 rec('response','http://v.example/2014/03/11/pier',http(hb)),
 rec('response','http://v.example/chunked',http(chunk(hb),'Transfer-Encoding: chunked\r\n')),
 rec('response','http://v.example/gz',http(gzip.compress(hb),'Content-Encoding: gzip\r\n')),
 rec('response','http://v.example/chgz',http(chunk(gzip.compress(hb)),'Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n')),
 rec('response','http://v.example/deflate',http(zlib.compress(hb),'Content-Encoding: deflate\r\n')),
 rec('revisit','http://v.example/r',http(b'')),
 rec('response','http://v.example/cp',http(HTML.replace('Kåfjord','Kafjord').encode('cp1252'),ct='text/html; charset=windows-1252')),
 rec('response','http://v.example/404',http(hb,status='404 Not Found')),
 rec('response','http://v.example/img',http(b'\x89PNG\r\n\x1a\n1234',ct='image/png')),
 rec('conversion','http://v.example/wet',(T+'\n\n'+body).encode(),'text/plain')]
w('crawl.warc',b''.join(recs)); w('crawl.warc.gz',b''.join(gzip.compress(r) for r in recs)); w('onegz.warc.gz',gzip.compress(b''.join(recs)))
# csv
rows=[['Title','Article Text','Published Date','Byline','Source','URL'],[T,body,'2014-03-11','By Tilda Orme','The Lake Post','http://v.example/1'],[T+' 2','He said "yes".\n\n'+P2,'March 12, 2014','','','']]
for n,d in (('a.csv',','),('semi.csv',';'),('t.tsv','\t'),('bar.csv','|')):
    b=io.StringIO(); csv.writer(b,delimiter=d).writerows(rows); w(n,b.getvalue())
b=io.StringIO(); csv.writer(b).writerows(rows); w('cp.csv',b.getvalue().replace('å','a').encode('cp1252')); w('bom.csv',b'\xef\xbb\xbf'+b.getvalue().encode()); w('u16.csv',b.getvalue().encode('utf-16'))
# docx
W='http://schemas.openxmlformats.org/wordprocessingml/2006/main'
def docx():
    b=io.BytesIO(); z=zipfile.ZipFile(b,'w',zipfile.ZIP_DEFLATED)
    z.writestr('[Content_Types].xml','<Types/>'); z.writestr('word/document.xml','<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="%s"><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve">%s </w:t></w:r><w:r><w:t>%s</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>'%(W,T,P1[:P1.index(' mend')],P1[P1.index('mend'):],P2))
    z.writestr('docProps/core.xml','<cp:coreProperties xmlns:cp="http://c" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://t"><dc:title>%s</dc:title><dc:creator>Tilda Orme</dc:creator><dcterms:created>2014-03-11T08:00:00Z</dcterms:created></cp:coreProperties>'%T); z.close(); return b.getvalue()
w('a.docx',docx())
def odt():
    b=io.BytesIO(); z=zipfile.ZipFile(b,'w',zipfile.ZIP_DEFLATED); z.writestr('mimetype','application/vnd.oasis.opendocument.text')
    z.writestr('content.xml','<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text><text:h>%s</text:h><text:p>%s<text:note><text:p>note</text:p></text:note></text:p><text:p>%s</text:p></office:text></office:body></office:document-content>'%(T,P1.replace(' ','<text:s/>',1),P2))
    z.writestr('meta.xml','<office:document-meta xmlns:office="o" xmlns:dc="d" xmlns:meta="m"><office:meta><dc:creator>Tilda Orme</dc:creator><dc:date>2014-03-11T08:00:00</dc:date></office:meta></office:document-meta>'); z.close(); return b.getvalue()
w('a.odt',odt())
def epub():
    b=io.BytesIO(); z=zipfile.ZipFile(b,'w',zipfile.ZIP_DEFLATED); z.writestr('mimetype','application/epub+zip')
    z.writestr('META-INF/container.xml','<container><rootfiles><rootfile full-path="OEBPS/content.opf" media-type="x"/></rootfiles></container>')
    z.writestr('OEBPS/content.opf','<package><manifest><item id="c2" href="two.xhtml" media-type="application/xhtml+xml"/><item id="c1" href="one.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c1"/><itemref idref="c2"/></spine></package>')
    z.writestr('OEBPS/one.xhtml',HTML); z.writestr('OEBPS/two.xhtml',HTML.replace(T,T+' 2')); z.close(); return b.getvalue()
w('a.epub',epub())
# nexis, factiva
nx=''.join('''                              %d of 2 DOCUMENTS


                               The Lake Post

                            March 11, 2014 Tuesday
                             Late Edition - Final

%s

BYLINE: By TILDA ORME

SECTION: Section A; Column 1; Pg. 1

LENGTH: 40 words

%s

%s

LOAD-DATE: March 11, 2014

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                    Copyright 2014 The Lake Post Company
                              All Rights Reserved


'''%(i,T,P1,P2) for i in (1,2)); w('nexis.txt',nx)
w('factiva-coded.txt',''.join('''HD  %s
BY  By Tilda Orme
WC  40 words
PD  11 March 2014
SN  The Lake Post
LA  English
LP  
%s

TD  
%s

AN  Document LAKEP00020140311ea3b0000%d

Document LAKEP00020140311ea3b0000%d

'''%(T,P1,P2,i,i) for i in (1,2)))
# pdf, minimal
def pdf():
    lines=[T,'','"We will mend the pier by June," said Mayor Ada Orsk.','Nobody on the council disagreed.']
    s='BT /F1 12 Tf 72 720 Td 16 TL '+' '.join('(%s) Tj T*'%l for l in lines)+' ET'
    objs=['<</Type/Catalog/Pages 2 0 R>>','<</Type/Pages/Kids[3 0 R]/Count 1>>','<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>','<</Length %d>>stream\n%s\nendstream'%(len(s),s),'<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>']
    o='%PDF-1.4\n'; offs=[]
    for i,b in enumerate(objs,1): offs.append(len(o)); o+='%d 0 obj%s\nendobj\n'%(i,b)
    x=len(o); o+='xref\n0 6\n0000000000 65535 f \n'+''.join('%010d 00000 n \n'%f for f in offs)+'trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n'%x
    return o
w('a.pdf',pdf())

# compressed files and archives
plain=(T+'\n\nBy Tilda Orme\n\nMarch 11, 2014\n\n'+body).encode()
w('a.txt.gz',gzip.compress(plain)); w('a.txt.bz2',bz2.compress(plain)); w('a.txt.xz',lzma.compress(plain)); w('two-members.txt.gz',gzip.compress(plain[:100])+gzip.compress(plain[100:])); w('twice.txt.gz.gz',gzip.compress(gzip.compress(plain)))
import subprocess
w('a.txt.zst',subprocess.run(['zstd','-qc'],input=plain,capture_output=True,check=True).stdout)
def tar(names,mode='w',fmt=tarfile.GNU_FORMAT):
    b=io.BytesIO(); t=tarfile.open(fileobj=b,mode=mode,format=fmt)
    for n,c in names:
        i=tarfile.TarInfo(n); i.size=len(c); t.addfile(i,io.BytesIO(c))
    t.close(); return b.getvalue()
def zipped(names):
    b=io.BytesIO(); z=zipfile.ZipFile(b,'w',zipfile.ZIP_DEFLATED)
    for n,c in names: z.writestr(n,c)
    z.close(); return b.getvalue()
two=[('a.txt',plain),('deep/b.html',hb)]; long=[('long/'*40+'a.txt',plain),('é.txt',plain)]
w('two.tar',tar(two)); w('gnu-long.tar',tar(long)); w('pax.tar',tar(long,fmt=tarfile.PAX_FORMAT)); w('two.tgz',tar(two,'w:gz')); w('two.tar.xz',tar(two,'w:xz')); w('two.zip',zipped(two)); w('nested.zip',zipped([('x/two.tar.gz',tar(two,'w:gz')),('two.zip',zipped(two))]))
# JSON
J=json.dumps
art={'title':T,'text':body,'date':'2014-03-11','author':'Tilda Orme','source':'The Lake Post','url':'http://v.example/1'}
w('one.json',J(art)); w('many.jsonl',J(art)+'\n'+J(art)+'\n'); w('array.json',J([art,art],indent=1)); w('after-another.json',J(art,indent=1)+'\n'+J(art,indent=1)); w('wide.json',J(art,ensure_ascii=False).encode('utf-16')); w('many.jsonl.gz',gzip.compress((J(art)+'\n'+J(art)+'\n').encode()))
w('guardian.json',J({'response':{'status':'ok','results':[{'webTitle':T,'webPublicationDate':'2014-03-11T09:00:00Z','webUrl':'http://v.example/1','fields':{'headline':T,'byline':'Tilda Orme','body':'<p>%s</p><p>%s</p>'%(P1,P2),'publication':'The Lake Post'}}]}}))
w('times.json',J({'response':{'docs':[{'web_url':'http://v.example/1','lead_paragraph':P1,'headline':{'main':T},'byline':{'original':'By Tilda Orme'},'pub_date':'2014-03-11T09:00:00+0000','source':'The Lake Post'}]}}))
w('newsapi.json',J({'status':'ok','totalResults':1,'articles':[{'source':{'id':None,'name':'The Lake Post'},'author':'Tilda Orme','title':T,'url':'http://v.example/1','publishedAt':'2014-03-11T09:00:00Z','content':body}]}))
w('gdelt.json',J({'articles':[{'url':'http://v.example/1','title':T,'seendate':'20140311T093000Z','domain':'v.example','language':'English','content':body}]}))
w('crawler.jsonl',J({'maintext':body,'title':T,'authors':['Tilda Orme'],'date_publish':'2014-03-11 09:00:00','source_domain':'v.example','url':'http://v.example/1','language':'en'})+'\n')
w('feed.json',J({'version':'https://jsonfeed.org/version/1','title':'The Lake Post','items':[{'id':'1','url':'http://v.example/1','title':T,'content_html':'<p>%s</p><p>%s</p>'%(P1,P2),'date_published':'2014-03-11T09:00:00Z'}]}))
w('search.jsonl',J({'_index':'news','_source':{'headline':T,'body':body,'published':1394530200000}})+'\n')
