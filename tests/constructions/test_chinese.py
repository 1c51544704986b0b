"""How Chinese statistical prose is built: one construction a case."""

from schemas.catalogue import Catalogue
from tests.constructions import each, said

CHINESE = {
    "a province by its cities and its byname": (
        "记者从省通信管理局获悉，截至2022年底，龙江5G基站达6.5万个。全省移动电话用户3700万户，其中大庆290万户、佳木斯210万户。\n\n在大庆，村里有4000户人家。网民达1900万人。",
        [
            "65000 level mobile_base_stations 5g Heilongjiang 2022-12",
            "37000000 level mobile_subscriptions Heilongjiang 2022-12",
            "2900000 level mobile_subscriptions Daqing 2022-12",
            "2100000 level mobile_subscriptions Jiamusi 2022-12",
            "4000 unresolved",
            "19000000 level internet_users Heilongjiang 2022-12",
        ],
    ),
    "quarters and months of Taiwan and Hong Kong": (
        "第三季電信業務收入4000億元，較上一季度增加200億元。去年十一月寬頻用戶620萬戶。",
        [
            "400000000000 level telecom_revenue CN 2022-Q3",
            "20000000000 change+ telecom_revenue CN 2022-Q3 2022-Q2",
            "6200000 level fixed_broadband_subscriptions CN 2022-11",
        ],
    ),
    "the year that a change is named by": (
        "2022年电信业务收入达1.6万亿元，较上年增长1100亿元；光缆线路5958万公里，年增8.6%。",
        [
            "1600000000000 level telecom_revenue CN 2022",
            "110000000000 change+ telecom_revenue CN 2022 2021",
            "59580000 level optical_cable_length CN 2022",
            "8.6 growth_rate+ optical_cable_length CN 2022 2021",
        ],
    ),
    "a whole right before its share": (
        "2022年底，5G移动电话用户5.61亿户，超过移动电话用户的三成。网民的99.8%使用手机上网。",
        [
            "561000000 level mobile_subscriptions 5g CN 2022-12",
            "30 share mobile_subscriptions 5g CN 2022-12",
            "99.8 level device_access_rate mobile CN 2022-12",
        ],
    ),
    "a change behind its rate": (
        "2022年，电信业务收入保持8%的增长，光缆线路则录得3.2%的跌幅。",
        [
            "8 growth_rate+ telecom_revenue CN 2022",
            "3.2 growth_rate- optical_cable_length CN 2022-12",
        ],
    ),
    "months of the year named before, and dates of reports": (
        "2022年2月发布的报告称，2021年6月底网民达10.1亿。同年12月，域名总数为3593万个。",
        [
            "1010000000 level internet_users CN 2021-06",
            "35930000 level domain_names CN 2021-12",
        ],
    ),
    "the same time": (
        "2021年12月，网民达10.32亿。同期，网站数量为418万个。",
        [
            "1032000000 level internet_users CN 2021-12",
            "4180000 level websites CN 2021-12",
        ],
    ),
    "counts beside one another": (
        "2022年底，CN域名2010万个，网站387万个；农村网民3.08亿，普及率61.9%。",
        [
            "20100000 level domain_names cn CN 2022-12",
            "3870000 level websites CN 2022-12",
            "308000000 level internet_users rural CN 2022-12",
            "61.9 level internet_penetration_rate rural CN 2022-12",
        ],
    ),
    "those who go online in some way": (
        "2022年12月，用手机上网的有10.65亿，只用手机上网的有3亿。10岁以上人士中，有96%曾使用互联网。",
        [
            "1065000000 level internet_users mobile CN 2022-12",
            "300000000 unresolved",
            "96 level internet_penetration_rate 10_plus CN 2022-12",
        ],
    ),
    "rates of what was spoken of": (
        "2022年12月，手机支付用户9.1亿，使用率85.4%；即时通信用户10.38亿，使用率97.2%。",
        [
            "910000000 level application_users online_payment,mobile CN 2022-12",
            "85.4 level application_usage_rate online_payment,mobile CN 2022-12",
            "1038000000 level application_users instant_messaging CN 2022-12",
            "97.2 level application_usage_rate instant_messaging CN 2022-12",
        ],
    ),
    "what it was at another time": (
        "2022年底，60岁及以上网民占比14.3%（上年底11.5%）。移动电话用户16.8亿户左右（2022年数据）。",
        [
            "14.3 share internet_users 60_plus CN 2022-12",
            "11.5 share internet_users 60_plus CN 2021-12",
            "1680000000 level mobile_subscriptions CN 2022",
        ],
    ),
    "parts that make up the whole": (
        "2022年12月，网民达10.67亿，普及率75.6%。男性51.4%，女性48.6%。",
        [
            "1067000000 level internet_users CN 2022-12",
            "75.6 level internet_penetration_rate CN 2022-12",
            "51.4 share internet_users male CN 2022-12",
            "48.6 share internet_users female CN 2022-12",
        ],
    ),
    "money of the place": (
        "臺灣二〇二二年電信業務收入為1,800億元，寬頻用戶數為620萬9,412戶。",
        [
            "180000000000 level telecom_revenue TW 2022",
            "6209412 level fixed_broadband_subscriptions TW 2022",
        ],
    ),
    "numbers that another goes on from": (
        "2022年，老年网民从1亿增至1.2亿。互联网普及率从2012年的42.1%升至2022年的75.6%；网民由5.6亿增至10.7亿。",
        [
            "100000000 unresolved",
            "120000000 level internet_users 60_plus CN 2022",
            "42.1 level internet_penetration_rate CN 2012",
            "75.6 level internet_penetration_rate CN 2022",
            "560000000 level internet_users CN 2012",
            "1070000000 level internet_users CN 2022",
        ],
    ),
    "one firm among all": (
        "三大运营商公布，2022年底中国移动5G用户6亿户，中国电信2.7亿户。全国5G用户合计5.6亿户。",
        [
            "600000000 unresolved",
            "270000000 unresolved",
            "560000000 level mobile_subscriptions 5g CN 2022-12",
        ],
    ),
    "shares of those who do something unknown": (
        "2022年12月，短视频用户10.1亿。在这些用户中，77%利用其学习技能。",
        [
            "1010000000 level application_users short_video CN 2022-12",
            "77 unresolved",
        ],
    ),
    "members told one after the other": (
        "2022年，男性上网率91.2%，女性88.9%，60岁以上仅62.6%。",
        [
            "91.2 level internet_penetration_rate male CN 2022",
            "88.9 level internet_penetration_rate female CN 2022",
            "62.6 level internet_penetration_rate 60_plus CN 2022",
        ],
    ),
    "groups that are compared": (
        "2022年底，浙江5G用户占比41.2%，比全国高7.9个百分点。农村普及率61.9%，慢于城镇20个百分点。",
        [
            "41.2 share mobile_subscriptions 5g Zhejiang 2022-12",
            "7.9 unresolved",
            "61.9 level internet_penetration_rate rural Zhejiang 2022-12",
            "20 unresolved",
        ],
    ),
    "thresholds that some places pass": (
        "2022年底，5G用户5.61亿户，有13个省份5G用户超过1000万户。",
        [
            "561000000 level mobile_subscriptions 5g CN 2022-12",
            "13 unresolved",
            "10000000 unresolved",
        ],
    ),
    "a part that a verb tells": (
        "2022年底，移动电话用户16.8亿户，其中5.61亿户是5G用户。",
        [
            "1680000000 level mobile_subscriptions CN 2022-12",
            "561000000 level mobile_subscriptions 5g CN 2022-12",
        ],
    ),
    "owners": (
        "2022年，网民10.67亿。拥有智能手机的人士约6亿。",
        [
            "1067000000 level internet_users CN 2022",
            "600000000 unresolved",
        ],
    ),
    "an age that is no member is one all the same": (
        "2022年12月，20—29岁网民占14.2%，男性占51.4%。",
        [
            "14.2 share internet_users 20_29 CN 2022-12",
            "51.4 share internet_users male CN 2022-12",
        ],
    ),
    "bases of their own clause": (
        "2022年前11个月，电信业务收入14504亿元，同比增长8%，增速较前10个月提升0.2个百分点。",
        [
            "1450400000000 level telecom_revenue CN 2022-01/2022-11",
            "8 growth_rate+ telecom_revenue CN 2022-01/2022-11 2021-01/2021-11",
            "0.2 change+ telecom_revenue CN 2022-01/2022-11 2022-01/2022-10",
        ],
    ),
    "lists that begin at their clause": (
        "2022年12月，短视频用户10.1亿，手机和某设备的使用率分别为99.8%和30%。",
        [
            "1010000000 level application_users short_video CN 2022-12",
            "99.8 unresolved",
            "30 unresolved",
        ],
    ),
    "parts of parts and beside them": (
        "2022年底，农村网民3.08亿人，占整体28.9%；60岁以上占14.3%。农村网民中，男性占52%。",
        [
            "308000000 level internet_users rural CN 2022-12",
            "28.9 share internet_users rural CN 2022-12",
            "14.3 share internet_users 60_plus CN 2022-12",
            "52 share internet_users rural,male CN 2022-12",
        ],
    ),
    "years listed before their numbers": (
        "2020年、2021年、2022年网民规模分别为9.89亿、10.32亿、10.67亿。",
        [
            "989000000 level internet_users CN 2020",
            "1032000000 level internet_users CN 2021",
            "1067000000 level internet_users CN 2022",
        ],
    ),
    "from several to several": (
        "短视频、网络直播用户占网民比重分别由2021年的90.5%、68.2%升至2022年的94.8%和70.3%。",
        [
            "90.5 level application_usage_rate short_video CN 2021",
            "68.2 level application_usage_rate live_streaming CN 2021",
            "94.8 level application_usage_rate short_video CN 2022",
            "70.3 level application_usage_rate live_streaming CN 2022",
        ],
    ),
    "numbers before what they count": (
        "2022年12月，我国有4.23亿在线旅行预订用户，4.37亿网约车用户。",
        [
            "423000000 level application_users online_travel CN 2022-12",
            "437000000 level application_users ride_hailing CN 2022-12",
        ],
    ),
    "the next area, and not the part of the one before": (
        "2022年底，陕西移动电话用户4900万户；山西4200万户，其中5G用户1700万户；甘肃2800万户。",
        [
            "49000000 level mobile_subscriptions Shaanxi 2022-12",
            "42000000 level mobile_subscriptions Shanxi 2022-12",
            "17000000 level mobile_subscriptions 5g Shanxi 2022-12",
            "28000000 level mobile_subscriptions Gansu 2022-12",
        ],
    ),
    "what is told of the world": (
        "2022年，全球网民达53亿人，我国为10.67亿。我国建成全球最大的5G网络，5G基站达231万个。",
        [
            "5300000000 level internet_users WORLD 2022",
            "1067000000 level internet_users CN 2022",
            "2310000 level mobile_base_stations 5g CN 2022",
        ],
    ),
    "densities": (
        "2022年，深圳固定宽带用户700万，每平方公里5G基站密度达33个。",
        [
            "7000000 level fixed_broadband_subscriptions Shenzhen 2022",
            "33 unresolved",
        ],
    ),
    "contributions and shares of a change": (
        "2022年，电信业务收入增长8%，拉动增长2个百分点。2022年底，5G用户5.61亿户，占净增量的八成。",
        [
            "8 growth_rate+ telecom_revenue CN 2022",
            "2 unresolved",
            "561000000 level mobile_subscriptions 5g CN 2022-12",
            "80 unresolved",
        ],
    ),
    "a comparison that ends before its subject": (
        "与2021年相比，2022年底网民规模增加3549万。",
        [
            "35490000 change+ internet_users CN 2022-12 2021",
        ],
    ),
    "a part with a reason between": (
        "2022年，网上零售额13.79万亿元，增长4%，其中农产品因物流改善，增长9.2%。",
        [
            "13790000000000 level online_retail_sales CN 2022",
            "4 growth_rate+ online_retail_sales CN 2022",
            "9.2 growth_rate+ online_retail_sales agricultural CN 2022",
        ],
    ),
    "figures that fill up their scale": (
        "2022年臺灣寬頻用戶620萬9,412戶，行動用戶2,981萬79戶。",
        [
            "6209412 level fixed_broadband_subscriptions TW 2022",
            "29810079 level mobile_subscriptions TW 2022",
        ],
    ),
    "Latin names set apart from what they narrow": (
        "截至2022年6月，IPv6 地址 63079 块/32，IPv4 地址 39192 万个，IPv6的活跃用户6.83亿。5G 基站 185 万个。",
        [
            "63079 level ipv6_addresses CN 2022-06",
            "391920000 level ipv4_addresses CN 2022-06",
            "683000000 level ipv6_active_users CN 2022-06",
            "1850000 level mobile_base_stations 5g CN 2022-06",
        ],
    ),
    "what a label is said to hold or leave out": (
        "截至2022年6月，网络音乐（含网络直播）用户规模为7.28亿，其中网络直播（不包括网络游戏）为7.16亿。移动电话用户（不含物联网用户）16.6亿户。",
        [
            "728000000 level application_users online_music CN 2022-06",
            "716000000 level application_users live_streaming CN 2022-06",
            "1660000000 level mobile_subscriptions CN 2022-06",
        ],
    ),
    "several members joined to one label": (
        "2021年底，4G+5G用户占比99.0%。3G和4G用户共5000万户，5G用户3.5亿户。",
        [
            "99 unresolved",
            "50000000 unresolved",
            "350000000 level mobile_subscriptions 5g CN 2021-12",
        ],
    ),
    "columns of earlier times": (
        (
            "2022年8月份通信业主要指标\n\n| 指标 | 本月 | 上月 | 上年同期 |\n| --- | --- | --- | --- |\n"
            "| 5G用户数（万户） | 49200 | 47500 | 41900 |"
        ),
        [
            "492000000 level mobile_subscriptions 5g CN 2022-08",
            "475000000 level mobile_subscriptions 5g CN 2022-07",
            "419000000 level mobile_subscriptions 5g CN 2021-08",
        ],
    ),
    "a survey of another year": (
        "截至2022年底，全国网民10.67亿人。\n\n某研究所2020年抽样调查推估，65岁及以上网民达1.1亿人。另据2021年10月的一项调查显示，农村网民为2.9亿人。",
        [
            "1067000000 level internet_users CN 2022-12",
            "110000000 level internet_users 65_plus CN 2020",
            "290000000 level internet_users rural CN 2021-10",
        ],
    ),
    "a part by what is said of it": (
        "截至2022年底，网站387万个，其中约12万个尚未备案。5G用户5.6亿户，其中4亿户的套餐已升级，其中农村用户1.2亿户。",
        [
            "3870000 level websites CN 2022-12",
            "120000 unresolved",
            "560000000 level mobile_subscriptions 5g CN 2022-12",
            "400000000 unresolved",
            "120000000 level mobile_subscriptions rural,5g CN 2022-12",
        ],
    ),
    "an unknown word between a label and a member of others": (
        "2022年底，手机专用网站达5万个，全国网站共387万个。",
        [
            "50000 unresolved",
            "3870000 level websites CN 2022-12",
        ],
    ),
    "kinds of one application, and gigabytes by the piece": (
        "2022年底，网络直播用户7.51亿人，其中体育直播3.73亿人，真人秀1.87亿人，演唱会直播2.07亿人。户均移动数据流量15个G。",
        [
            "751000000 level application_users live_streaming CN 2022-12",
            "373000000 level application_users sports_live_streaming CN 2022-12",
            "187000000 level application_users show_live_streaming CN 2022-12",
            "207000000 level application_users concert_live_streaming CN 2022-12",
            "15000000000 level mobile_data_per_user CN 2022-12",
        ],
    ),
    "numbers in parentheses behind their subjects": (
        "截至2022年6月，在线旅行预订（3.33亿）和网络音频用户（3.0亿人）变化不大，网站（398万个）与域名（3380万个）均减少。",
        [
            "333000000 level application_users online_travel CN 2022-06",
            "300000000 level application_users online_audio CN 2022-06",
            "3980000 level websites CN 2022-06",
            "33800000 level domain_names CN 2022-06",
        ],
    ),
    "what people do": (
        "2022年底，网络购物用户达8.45亿人。\n\n6.2亿人用他们的手机付账。8亿人在网上订外卖，5亿人参与网络直播。",
        [
            "845000000 level application_users online_shopping CN 2022-12",
            "620000000 unresolved",
            "800000000 level application_users food_delivery CN 2022-12",
            "500000000 level application_users live_streaming CN 2022-12",
        ],
    ),
}


@each(zh=CHINESE)
def test_chinese(language: str, text: str, facts: list[str], catalogue: Catalogue) -> None:
    """Each number states what it is meant to."""
    assert said(text, language, catalogue) == facts
