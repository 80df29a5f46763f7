/// Given names from many places, to train on where no file is given.
public let givenNames = """
  aaron abigail ada adam adele adrian agatha agnes aidan aiko aisha alan alba albert alda alec
  alejandro alessia alex alexander alexandra alfred alice alicia alina alma alois amanda amara amber
  amelia amina amir amy ana anastasia anders andrea andreas andrew angela anika anita anna annabel
  anne annika anton antonia antonio anya archie ariana ariel arjun armin arnold arthur artur asha
  astrid august aurelia aurora axel barbara barnaby bartholomew basil beata beatrice belinda bella
  benedict benjamin bernadette bernard bertha bertram bettina bianca birgit bjorn boris brenda brian
  bridget bruno camilla carina carl carla carlos carmen carol caroline caspar cassandra catherine
  cecilia cedric celeste celia charlotte chiara chloe christian christina christopher clara clarence
  claudia clemens clementine colin conrad constance cora cordelia cornelia cosima cyril cyrus dagmar
  daisy damian dana daniel daniela daphne daria darius david deborah delia denise dennis derek diana
  diego dimitri dina dominic donald dora dorothea dorothy douglas duncan edgar edith edmund eduard
  edward edwin eileen elaine eleanor elena eleni eli elias elif elisabeth elise ella ellen elliot
  elma elmar elsa elvira emanuel emil emilia emily emma enrico eric erica erik erin erwin esmeralda
  esra esther ethan etta eugene eva evelyn ezra fabian fatima felicity felix ferdinand fernando
  fiona flora florence florian frances francesca francis frank franziska freda frederick freya frida
  friedrich gabriel gabriela gareth gavin gemma geoffrey george georgia gerald gerard gerda gertrude
  gideon gilbert gina giovanni gisela giulia gloria gordon grace graham greta gregory guido gunnar
  gustav hana hanna hannah hans harold harriet harry haruto hazel heather hector hedwig heidi helen
  helena helga henrietta henrik henry herbert herman hilda hiroshi holger horace hubert hugh hugo
  ian ida ignatius igor ilse imogen ines inga ingrid irene iris irma isaac isabel isabella isidore
  ivan ivy jack jacob jakob james jan jane janet janina jasmine jason jasper javier jean jennifer
  jeremy jerome jessica jill joachim joan joanna joel johan johanna john jolanda jonas jonathan
  jorge josef josephine joshua juan judith julia julian juliana julius june justin kai kamal karen
  karim karin karl katarina kate katherine kathleen katja keiko keith kenneth kevin kira kirsten
  klara klaus konstantin kristina kurt lara lars laura laurence lea leah leif leila lena leo leon
  leona leonard leopold leticia lewis lidia lila lilian lily lina linda linus lionel lisa lorenzo
  louis louisa luca lucas lucia lucy ludwig luis luise lukas luna lydia mabel madeleine magda magnus
  mai maja malcolm malik manfred manuel marcel marco marcus margaret margot maria marian marie
  marina mario marion marius mark marlene marta martha martin martina mary mathilda matteo matthew
  maud maurice max maxim maya megan mei melanie melissa mercedes michael michelle miguel mila milan
  mildred mina mira miranda miriam mohammed moira monica moritz muriel nadia nadine naomi natalia
  natalie nathan neil nelly nicholas nicola nicole niels nigel nikita nils nina noah noel noemi
  nora norbert norma norman odette olaf olga oliver olivia omar ophelia oriana orlando oscar oswald
  otis otto ottilie pablo pamela paolo patricia patrick paul paula pauline pedro penelope percy peter
  petra philip philippa phoebe pia pierre priya quentin quinn rachel rafael rahel raimund ralph
  ramona raoul raphael rashid raymond rebecca regina reinhard renata rhea ricardo richard rita
  robert roberta robin roderick roger roland rolf roman romy ronald rosa rosalind rose rosemary
  roxana ruben rudolf rufus rupert ruth ryan sabina sabrina sadie sakura salma samira samson samuel
  sandra sara sasha saskia sebastian selma serena sergei seth sibylle sidney siegfried sigrid silas
  silvia simon simone sofia solomon sonia sophia sophie stanley stefan stella stephanie stephen
  stuart susan susanna svenja sven sybil sylvester tabitha tamara tanja tara tariq tatiana teresa
  thea theodor theresa thomas tilda timothy tobias tomas toni tristan trudy ulrich ulrike una ursula
  valentin valentina valerie vanessa vera verena veronica victor victoria vincent viola violet
  virginia vivian vladimir waldemar walter wanda wendy werner wilfred wilhelm wilma winifred winston
  wolfgang xavier xenia yara yasmin yolanda yuki yuri yusuf yvonne zachary zara zelda zoe zora
  """.split(whereSeparator: \.isWhitespace).map(String.init)
